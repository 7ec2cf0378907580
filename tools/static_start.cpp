// SPDX-License-Identifier: BSD-2-Clause
// Where a static-pie program begins, before the C library's own _start: that writes the address which the
// program got this time into some hundred pages, mostly tables of OpenSSL, and pays a page fault for each.
// Here the kernel is asked for all of them at once. Where it does not know the request (before Linux 5.14) it
// says so, nobody listens, and the faults come as ever.
#include <sys/mman.h>
#include <sys/syscall.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23  // C libraries older than glibc 2.35
#endif
#define POSTERN_TEXT(number) POSTERN_TEXT_OF(number)
#define POSTERN_TEXT_OF(number) #number

// From the page of __init_array_start, the first pointers that are written, to __bss_start. rdx is _start's.
asm(".pushsection .text.postern_start, \"ax\", @progbits\n"
    ".globl postern_start\n"
    ".type postern_start, @function\n"
    "postern_start:\n"
    "    mov %rdx, %r12\n"
    "    lea __init_array_start(%rip), %rdi\n"
    "    and $-4096, %rdi\n"
    "    lea __bss_start(%rip), %rsi\n"
    "    sub %rdi, %rsi\n"
    "    mov $" POSTERN_TEXT(MADV_POPULATE_WRITE) ", %edx\n"
    "    mov $" POSTERN_TEXT(SYS_madvise) ", %eax\n"
    "    syscall\n"
    "    mov %r12, %rdx\n"
    "    jmp _start\n"
    ".size postern_start, . - postern_start\n"
    ".popsection\n");
