//! seccomp: system calls that the kernel refuses, in this thread or all, and in every child.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch, apply_filter, apply_filter_all_threads, sock_filter,
};

/// Calls and, for some, the arguments with which they are refused; none means: always.
pub type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Which sockets remain.
#[derive(Clone, Copy, PartialEq)]
pub enum Sockets {
    /// UNIX sockets: the keyring.
    OnlyUnix,
    /// Pairs of UNIX sockets, which reach nobody else.
    OnlyPairs,
    /// None.
    None,
}

/// Where a filter holds.
#[derive(Clone, Copy, PartialEq)]
pub enum Threads {
    /// In this thread and those that it starts.
    This,
    /// In every thread of the process.
    All,
}

/// What no process of ours needs: ways to a network, ways into other processes, ways around these filters.
pub fn forbidden(sockets: Sockets) -> Rules {
    let always = [
        // io_uring makes sockets that no filter sees.
        libc::SYS_io_uring_setup,
        libc::SYS_io_uring_enter,
        libc::SYS_io_uring_register,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_pidfd_getfd,
        libc::SYS_kcmp,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_keyctl,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_pivot_root,
        libc::SYS_open_by_handle_at,
        libc::SYS_unshare,
        libc::SYS_setns,
    ];
    let mut rules: Rules = always.into_iter().map(|call| (call, Vec::new())).collect();
    let not_unix = || when(0, SeccompCmpOp::Ne, libc::AF_UNIX as u64);
    if sockets == Sockets::OnlyUnix {
        rules.insert(libc::SYS_socket, not_unix());
    } else {
        for call in [libc::SYS_socket, libc::SYS_connect, libc::SYS_bind, libc::SYS_listen] {
            rules.insert(call, Vec::new());
        }
    }
    // A pair is connected to itself alone; line editors wake themselves through one.
    let pairs = if sockets == Sockets::None { Vec::new() } else { not_unix() };
    rules.insert(libc::SYS_socketpair, pairs);
    rules
}

/// Starting programs and processes; threads remain.
pub fn programs() -> Rules {
    let mut rules: Rules =
        [libc::SYS_execve, libc::SYS_execveat, libc::SYS_kill].into_iter().map(|call| (call, Vec::new())).collect();
    #[cfg(target_arch = "x86_64")]
    for call in [libc::SYS_fork, libc::SYS_vfork] {
        rules.insert(call, Vec::new());
    }
    let thread = libc::CLONE_THREAD as u64;
    rules.insert(libc::SYS_clone, when(0, SeccompCmpOp::MaskedEq(thread), 0));
    rules
}

/// clone3 hides its flags from filters. glibc falls back to clone, whose flags show, when told that it does not exist.
pub fn hide_clone3() -> bool {
    let rules = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
    install(&rules, libc::ENOSYS, Threads::This)
}

/// Makes the kernel refuse calls with `EPERM`.
pub fn refuse(rules: &Rules, threads: Threads) -> bool {
    install(rules, libc::EPERM, threads)
}

fn when(argument: u8, compare: SeccompCmpOp, value: u64) -> Vec<SeccompRule> {
    // 32 bits: the kernel looks at no more of a socket's family, so a filter must not either.
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, compare, value)
        .and_then(|condition| SeccompRule::new(vec![condition]))
        .into_iter()
        .collect()
}

fn install(rules: &Rules, error: i32, threads: Threads) -> bool {
    let Ok(program) = compile(rules, error) else { return false };
    match threads {
        Threads::This => apply_filter(&program).is_ok(),
        Threads::All => apply_filter_all_threads(&program).is_ok(),
    }
}

fn compile(rules: &Rules, error: i32) -> Result<BpfProgram, seccompiler::BackendError> {
    let refused = SeccompAction::Errno(error.unsigned_abs());
    let architecture = TargetArch::try_from(std::env::consts::ARCH)?;
    let filter = SeccompFilter::new(rules.clone(), SeccompAction::Allow, refused, architecture)?;
    let program: BpfProgram = filter.try_into()?;
    Ok(without_x32(program))
}

/// Classic BPF's operations, as `linux/bpf_common.h` numbers them: `BPF_LD | BPF_W | BPF_ABS`,
const LOAD_WORD: u16 = 0x20;
/// `BPF_JMP | BPF_JGE | BPF_K`,
const JUMP_AT_LEAST: u16 = 0x35;
/// and `BPF_RET | BPF_K`.
const RETURN: u16 = 0x06;
/// The bit that marks a call of x32 (`__X32_SYSCALL_BIT`).
const X32: u32 = 0x4000_0000;

/// Ends the process for x32 calls, which share x86-64's architecture number and would pass a deny-list.
fn without_x32(program: BpfProgram) -> BpfProgram {
    if cfg!(not(target_arch = "x86_64")) {
        return program;
    }
    let statement = |code, k| sock_filter { code, jt: 0, jf: 0, k };
    let mut whole = vec![
        statement(LOAD_WORD, 0), // offsetof(struct seccomp_data, nr)
        sock_filter { code: JUMP_AT_LEAST, jt: 0, jf: 1, k: X32 },
        statement(RETURN, libc::SECCOMP_RET_KILL_PROCESS),
    ];
    whole.extend(program);
    whole
}
