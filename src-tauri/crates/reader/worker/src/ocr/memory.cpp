// Tesseract's C interface takes one language from memory; its C++ interface asks a function for each. This is that function.

#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include <tesseract/baseapi.h>

extern "C" struct TacitLanguage {
    const char *name;
    const char *data;
    size_t size;
};

namespace {

// The function that Tesseract asks carries no argument of ours.
thread_local const TacitLanguage *held = nullptr;
thread_local size_t held_count = 0;

// `path` is FOLDER/NAME.traineddata.
bool from_memory(const char *path, std::vector<char> *data) {
    const char *slash = std::strrchr(path, '/');
    const std::string file = slash == nullptr ? path : slash + 1;
    for (size_t i = 0; i < held_count; i++) {
        if (file == std::string(held[i].name) + ".traineddata") {
            data->assign(held[i].data, held[i].data + held[i].size);
            return true;
        }
    }
    return false;
}

} // namespace

// Starts `api` with `wanted` ("eng+fra"), LSTM models only. Returns 0 when that went well.
extern "C" int tacit_ocr_start(tesseract::TessBaseAPI *api, const char *wanted, const TacitLanguage *languages, size_t count) noexcept {
    held = languages;
    held_count = count;
    int failed = 1;
    try {
        failed = api->Init("memory", 0, wanted, tesseract::OEM_LSTM_ONLY, nullptr, 0, nullptr, nullptr, false, from_memory);
    } catch (...) {
        failed = 1;
    }
    held = nullptr;
    held_count = 0;
    return failed;
}
