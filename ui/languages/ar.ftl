# A partial catalogue, so that the layout from right to left can be tried. What it lacks is shown in English.
continue = متابعة
later = لاحقًا
start = ابدأ
back = رجوع
cancel = إلغاء
close = إغلاق
try-again = حاول مرة أخرى
show-passphrase = إظهار عبارة المرور
step = الخطوة { $done } من { $total }

first-language-title = مرحبًا بك في Tacit
first-language-question = ما اللغة التي تريد استخدامها؟
first-what-title = مساعد يحفظ السر
first-what-not = ثلاثة أشياء لا يستطيعها
first-key-title = ما الذي يفتح محادثاتك
first-recovery-title = مفتاح احتياطي على الورق
first-ready-title = كل شيء جاهز

unlock-title = Tacit مقفل
unlock-passphrase = عبارة المرور
unlock-open = فتح القفل

chat-message = الرسالة
chat-placeholder = اكتب رسالة
chat-send = إرسال
chat-stop = إيقاف
chat-new = محادثة جديدة
chat-new-private = محادثة خاصة جديدة
chat-welcome = كيف يمكنني مساعدتك؟
chat-welcome-text = اسأل عن أي شيء، أو ابدأ بواحدة من هذه. لا شيء مما تكتبه يغادر هذا الحاسوب.
chat-you = أنت
chat-copy = نسخ
chat-edit = تعديل
chat-delete = حذف
chat-unchecked = من ذاكرة النموذج، دون تحقق
task-summarise = تلخيص نص
task-letter = شرح هذه الرسالة
task-simpler = إعادة الكتابة بأسلوب أبسط
task-reply = صياغة رد
task-checklist = إعداد قائمة مهام
task-practise = التدرب مع تلميحات أولًا

find-chats = المحادثات
find-search = بحث
find-placeholder = ابحث في المحادثات
find-results = نتائج البحث
find-count = { $count ->
    [zero] لا نتائج
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $count } نتائج
    [many] { $count } نتيجة
   *[other] { $count } نتيجة
}
find-nothing = لم يُعثر على شيء. جرّب كلمات أقل أو أقصر.
list-new = محادثة جديدة
list-new-private = محادثة خاصة جديدة
list-pinned = المثبّتة
list-today = اليوم
list-yesterday = أمس
list-week = آخر 7 أيام
list-month = آخر 30 يومًا
list-rename = إعادة التسمية
list-pin = تثبيت
list-move = نقل إلى مجلد
list-delete = حذف
list-undo = تراجع
palette-title = الأوامر
preferences-title = التفضيلات
preferences-language = اللغة

docs-title = المستندات
docs-add = إضافة
docs-search = ابحث في المستندات
docs-page = صفحة { $label }
viewer-close = إغلاق المستند
viewer-next = الصفحة التالية
viewer-previous = الصفحة السابقة
viewer-page = صفحة { $label }
viewer-of = من { $count }
evidence-how = كيف اختيرت هذه المقاطع
evidence-checked = تم التحقق منه في مستنداتك. كل رقم يفتح موضعه.
scope-about = حول: { $what }
scope-nothing = لا شيء
scope-all = كل المستندات
