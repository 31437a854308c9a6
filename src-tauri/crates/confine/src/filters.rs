//! seccomp: system calls that the kernel refuses, in this thread or all, and in every child.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter, apply_filter_all_threads, sock_filter,
};

use crate::{Lock, Stage};

/// Calls and, for some, the arguments with which they are refused; none means: always.
type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Makes the kernel refuse with `EPERM` what these locks forbid. One filter for all of them: each costs a little at
/// every call.
pub fn install(locks: &[Lock], stage: &Stage) -> bool {
    if locks.is_empty() {
        return true;
    }
    let mut rules = Rules::new();
    for lock in locks {
        for (call, conditions) in rules_of(*lock, stage) {
            add(&mut rules, call, conditions);
        }
    }
    let foreign = if locks.contains(&Lock::NoForeignCalls) { Foreign::Ended } else { Foreign::Let };
    let hide = locks.iter().any(|lock| matches!(lock, Lock::NoKernelDoors | Lock::NoPrograms));
    (!hide || apply(&clone3(), libc::ENOSYS, foreign, stage)) && apply(&rules, libc::EPERM, foreign, stage)
}

fn rules_of(lock: Lock, stage: &Stage) -> Rules {
    match lock {
        Lock::NoIoUring => always(&[libc::SYS_io_uring_setup, libc::SYS_io_uring_enter, libc::SYS_io_uring_register]),
        Lock::NoInternet => Rules::from([(libc::SYS_socket, not_unix()), (libc::SYS_socketpair, not_unix())]),
        Lock::NoReach => reach(),
        Lock::NoKernelDoors => kernel_doors(),
        Lock::NoSockets if stage.is_worker() => all_of_sockets(),
        Lock::NoSockets => {
            // Pairs are connected to themselves alone; line editors wake themselves through one.
            let mut rules = new_connections();
            rules.insert(libc::SYS_socketpair, not_unix());
            rules
        }
        Lock::NoHandover => handover(),
        Lock::OneFile | Lock::NoFiles => marks_on_files(),
        Lock::NoPrograms => programs(),
        Lock::NoForeignCalls
        | Lock::PrivateFiles
        | Lock::NothingInherited
        | Lock::NoCore
        | Lock::NotDumpable
        | Lock::NoNewPrivileges
        | Lock::Apart
        | Lock::LittleMemory => Rules::new(),
    }
}

fn new_connections() -> Rules {
    always(&[
        libc::SYS_socket,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_accept,
        libc::SYS_accept4,
    ])
}

fn all_of_sockets() -> Rules {
    let mut rules = new_connections();
    rules.extend(always(&[
        libc::SYS_socketpair,
        libc::SYS_sendto,
        libc::SYS_recvfrom,
        libc::SYS_shutdown,
        libc::SYS_getsockname,
        libc::SYS_getpeername,
        libc::SYS_getsockopt,
        libc::SYS_setsockopt,
    ]));
    rules
}

/// Messages carry descriptors (`SCM_RIGHTS`); System V and POSIX IPC reach every process of the person.
fn handover() -> Rules {
    always(&[
        libc::SYS_sendmsg,
        libc::SYS_recvmsg,
        libc::SYS_sendmmsg,
        libc::SYS_recvmmsg,
        libc::SYS_shmget,
        libc::SYS_shmat,
        libc::SYS_msgget,
        libc::SYS_semget,
        libc::SYS_mq_open,
    ])
}

fn reach() -> Rules {
    let mut rules = always(&[
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_process_madvise,
        libc::SYS_pidfd_getfd,
        libc::SYS_kcmp,
    ]);
    // Both put characters into a terminal's input, where a shell takes them for commands.
    rules.insert(libc::SYS_ioctl, [equal(1, libc::TIOCSTI), equal(1, libc::TIOCLINUX)].concat());
    // With 0 a worker closes itself again, for starting it opened it.
    let dumpable = both(
        condition(0, SeccompCmpOp::Eq, libc::PR_SET_DUMPABLE.unsigned_abs().into()),
        condition(1, SeccompCmpOp::Ne, 0),
    );
    let tracer = equal(0, libc::PR_SET_PTRACER.unsigned_abs().into());
    rules.insert(libc::SYS_prctl, [dumpable, tracer].concat());
    rules
}

fn kernel_doors() -> Rules {
    let mut rules = always(&[
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_fanotify_init,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_keyctl,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_move_mount,
        libc::SYS_open_tree,
        libc::SYS_fsopen,
        libc::SYS_fsmount,
        libc::SYS_mount_setattr,
        libc::SYS_pivot_root,
        libc::SYS_chroot,
        libc::SYS_open_by_handle_at,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_kexec_load,
    ]);
    let namespaces = [
        libc::CLONE_NEWNS,
        libc::CLONE_NEWCGROUP,
        libc::CLONE_NEWUTS,
        libc::CLONE_NEWIPC,
        libc::CLONE_NEWUSER,
        libc::CLONE_NEWPID,
        libc::CLONE_NEWNET,
    ];
    let flagged = namespaces.map(|flag| {
        let flag = u64::from(flag.unsigned_abs());
        when(0, SeccompCmpOp::MaskedEq(flag), flag)
    });
    rules.insert(libc::SYS_clone, flagged.concat());
    rules
}

/// What Landlock does not watch: modes, owners, times and attributes of files, and cutting one by its path.
fn marks_on_files() -> Rules {
    let mut rules = always(&[
        libc::SYS_fchmod,
        libc::SYS_fchmodat,
        SYS_FCHMODAT2,
        libc::SYS_fchown,
        libc::SYS_fchownat,
        libc::SYS_utimensat,
        libc::SYS_setxattr,
        libc::SYS_lsetxattr,
        libc::SYS_fsetxattr,
        libc::SYS_removexattr,
        libc::SYS_lremovexattr,
        libc::SYS_fremovexattr,
        libc::SYS_truncate,
        libc::SYS_inotify_init1,
    ]);
    #[cfg(target_arch = "x86_64")]
    rules.extend(always(&[
        libc::SYS_chmod,
        libc::SYS_chown,
        libc::SYS_lchown,
        libc::SYS_utime,
        libc::SYS_utimes,
        libc::SYS_futimesat,
        libc::SYS_inotify_init,
    ]));
    rules
}

/// The same number on every architecture; libc names it on few.
const SYS_FCHMODAT2: i64 = 452;

/// Starting programs and processes, and signalling them; threads remain, and a signal to oneself (abort).
fn programs() -> Rules {
    let mut rules = always(&[
        libc::SYS_execve,
        libc::SYS_execveat,
        libc::SYS_kill,
        libc::SYS_tkill,
        libc::SYS_rt_sigqueueinfo,
        libc::SYS_rt_tgsigqueueinfo,
        libc::SYS_pidfd_send_signal,
    ]);
    #[cfg(target_arch = "x86_64")]
    rules.extend(always(&[libc::SYS_fork, libc::SYS_vfork]));
    rules.insert(libc::SYS_clone, when(0, SeccompCmpOp::MaskedEq(libc::CLONE_THREAD.unsigned_abs().into()), 0));
    rules.insert(libc::SYS_tgkill, when(0, SeccompCmpOp::Ne, std::process::id().into()));
    rules
}

/// clone3 hides its flags from filters. glibc falls back to clone, whose flags show, when told that it does not exist.
fn clone3() -> Rules {
    always(&[libc::SYS_clone3])
}

fn always(calls: &[i64]) -> Rules {
    calls.iter().map(|call| (*call, Vec::new())).collect()
}

/// A call that is always refused stays so, whatever else is asked of it.
fn add(rules: &mut Rules, call: i64, conditions: Vec<SeccompRule>) {
    match rules.get_mut(&call) {
        Some(known) if known.is_empty() || conditions.is_empty() => known.clear(),
        Some(known) => known.extend(conditions),
        None => drop(rules.insert(call, conditions)),
    }
}

/// Any family but UNIX.
fn not_unix() -> Vec<SeccompRule> {
    when(0, SeccompCmpOp::Ne, libc::AF_UNIX.unsigned_abs().into())
}

fn equal(argument: u8, value: u64) -> Vec<SeccompRule> {
    when(argument, SeccompCmpOp::Eq, value)
}

fn when(argument: u8, compare: SeccompCmpOp, value: u64) -> Vec<SeccompRule> {
    condition(argument, compare, value).and_then(|condition| SeccompRule::new(vec![condition])).into_iter().collect()
}

type Condition = Result<SeccompCondition, BackendError>;

/// 32 bits: the kernel looks at no more of the arguments named here, so a filter must not either.
fn condition(argument: u8, compare: SeccompCmpOp, value: u64) -> Condition {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, compare, value)
}

fn both(one: Condition, other: Condition) -> Vec<SeccompRule> {
    one.and_then(|one| SeccompRule::new(vec![one, other?])).into_iter().collect()
}

fn apply(rules: &Rules, error: i32, foreign: Foreign, stage: &Stage) -> bool {
    let Ok(program) = compile(rules, error, foreign) else { return false };
    match stage {
        // It has threads by then.
        Stage::ProgramKeyed => apply_filter_all_threads(&program).is_ok(),
        Stage::Program | Stage::Worker | Stage::WorkerLoaded(_) | Stage::WorkerAlone => apply_filter(&program).is_ok(),
    }
}

/// What becomes of calls that no number of this architecture names.
#[derive(Clone, Copy, PartialEq)]
enum Foreign {
    /// They end the process.
    Ended,
    /// They pass: only for the control of a test.
    Let,
}

fn compile(rules: &Rules, error: i32, foreign: Foreign) -> Result<BpfProgram, BackendError> {
    let refused = SeccompAction::Errno(error.unsigned_abs());
    let architecture = TargetArch::try_from(std::env::consts::ARCH)?;
    let filter = SeccompFilter::new(rules.clone(), SeccompAction::Allow, refused, architecture)?;
    // seccompiler's own first instructions end the process for another architecture's calls.
    let program: BpfProgram = filter.try_into()?;
    Ok(match foreign {
        Foreign::Ended => without_x32(program),
        Foreign::Let => with_i386(program),
    })
}

// Classic BPF's operations, as `linux/bpf_common.h` numbers them.
/// `BPF_LD | BPF_W | BPF_ABS`
const LOAD_WORD: u16 = 0x20;
/// `BPF_JMP | BPF_JEQ | BPF_K`
const JUMP_EQUAL: u16 = 0x15;
/// `BPF_JMP | BPF_JGE | BPF_K`
const JUMP_AT_LEAST: u16 = 0x35;
/// `BPF_RET | BPF_K`
const RETURN: u16 = 0x06;
/// `offsetof(struct seccomp_data, nr)` and `arch`
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
/// The bit that marks a call of x32 (`__X32_SYSCALL_BIT`).
const X32: u32 = 0x4000_0000;
/// `AUDIT_ARCH_I386`
const I386: u32 = 0x4000_0003;

/// Ends the process for x32 calls, which share x86-64's architecture number and would pass a deny-list.
fn without_x32(program: BpfProgram) -> BpfProgram {
    if cfg!(not(target_arch = "x86_64")) {
        return program;
    }
    before(program, NUMBER, JUMP_AT_LEAST, X32, libc::SECCOMP_RET_KILL_PROCESS)
}

/// Lets i386's calls through.
fn with_i386(program: BpfProgram) -> BpfProgram {
    before(program, ARCHITECTURE, JUMP_EQUAL, I386, libc::SECCOMP_RET_ALLOW)
}

/// A program that first returns `action` where the word at `offset` compares so with `value`.
fn before(program: BpfProgram, offset: u32, compare: u16, value: u32, action: u32) -> BpfProgram {
    let statement = |code, k| sock_filter { code, jt: 0, jf: 0, k };
    let mut whole = vec![
        statement(LOAD_WORD, offset),
        sock_filter { code: compare, jt: 0, jf: 1, k: value },
        statement(RETURN, action),
    ];
    whole.extend(program);
    whole
}
