// Stands before the compiler's own header of this name while ggml's variant for AMX is compiled (build.rs).
//
// GCC before 12.4 and 13.3 says that ldtilecfg reads 8 bytes; it reads 64. The optimiser then drops the other 56 as never read, and the
// instruction faults. It says nothing of the memory that tileloadd reads. Here both say what they read.
#include_next <amxtileintrin.h>

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
#undef _tile_loadconfig
#define _tile_loadconfig(config) __asm__ volatile("ldtilecfg\t%X0" ::"m"(*(const char(*)[64])(config)))

#undef _tile_loadd_internal
#define _tile_loadd_internal(tile, base, stride) \
    __asm__ volatile("tileloadd\t(%0,%1,1), %%tmm" #tile ::"r"((const void *)(base)), "r"((long)(stride)) : "memory")
#endif
