// SPDX-License-Identifier: BSD-2-Clause
// What one session of a program that a superserver starts costs: starts COMMAND on a TCP connection as
// inetd does, holds one dialogue with it, waits for its end; many times, one after the other.
//
//     session_cost [-n RUNS] [-r RECIPIENT] COMMAND...
//
// Without -r the dialogue is EHLO, QUIT; with it one message of 1 KiB goes to RECIPIENT before QUIT.
// Prints one line: runs, and of exec to exit the medians of wall and of CPU time in microseconds.
// CPU is user and system time of the process and of children that it waited for.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct cost {
    double wall, cpu;
};

static void fail(const char* what) {
    perror(what);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static double microseconds(struct timeval time) { return (double)time.tv_sec * 1e6 + (double)time.tv_usec; }

// Reads one whole reply; its code must begin with `digit`.
static void expect(FILE* from, char digit) {
    char line[2048];
    do {
        if (fgets(line, sizeof line, from) == NULL) {
            fprintf(stderr, "session_cost: the program closed the connection\n");
            exit(1);
        }
    } while (strlen(line) > 3 && line[3] == '-');
    if (line[0] == digit) return;
    fprintf(stderr, "session_cost: expected %cxx, got: %s", digit, line);
    exit(1);
}

static void say(int to, const char* text) {
    const size_t length = strlen(text);
    if (write(to, text, length) != (ssize_t)length) fail("write");
}

static void send_message(int to, FILE* from, const char* recipient) {
    char text[1200];
    say(to, "MAIL FROM:<sender@client.example>\r\n");
    expect(from, '2');
    snprintf(text, sizeof text, "RCPT TO:<%s>\r\n", recipient);
    say(to, text);
    expect(from, '2');
    say(to, "DATA\r\n");
    expect(from, '3');
    size_t length = (size_t)snprintf(text, sizeof text, "From: <sender@client.example>\r\nSubject: one\r\n\r\n");
    while (length < 1000) length += (size_t)snprintf(text + length, sizeof text - length, "%072d\r\n", 0);
    snprintf(text + length, sizeof text - length, ".\r\n");
    say(to, text);
    expect(from, '2');
}

static void converse(int connection, const char* recipient) {
    FILE* from = fdopen(connection, "r");
    if (from == NULL) fail("fdopen");
    expect(from, '2');
    say(connection, "EHLO client.example\r\n");
    expect(from, '2');
    if (recipient != NULL) send_message(connection, from, recipient);
    say(connection, "QUIT\r\n");
    expect(from, '2');
    fclose(from);
}

static void become(int connection, char** command) {
    for (int standard = 0; standard < 3; ++standard) dup2(connection, standard);
    execv(command[0], command);
    _exit(127);
}

static struct cost one_session(int listener, const struct sockaddr_in* address, const char* recipient,
                               char** command) {
    const int on = 1;
    const int ours = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(ours, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(ours, (const struct sockaddr*)address, sizeof *address) != 0) fail("connect");
    const int theirs = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    const double start = now();
    const pid_t program = fork();
    if (program == 0) become(theirs, command);
    close(theirs);
    converse(ours, recipient);
    struct rusage usage;
    int status = 0;
    if (wait4(program, &status, 0, &usage) != program) fail("wait4");
    if (status != 0) fprintf(stderr, "session_cost: the program ended with status %#x\n", (unsigned)status);
    return (struct cost){now() - start, microseconds(usage.ru_utime) + microseconds(usage.ru_stime)};
}

static int ascending(const void* a, const void* b) {
    const double x = *(const double*)a, y = *(const double*)b;
    return (x > y) - (x < y);
}

static double median(double* values, size_t count) {
    qsort(values, count, sizeof *values, ascending);
    return values[count / 2];
}

int main(int argc, char** argv) {
    size_t runs = 1;
    const char* recipient = NULL;
    for (int option; (option = getopt(argc, argv, "+n:r:")) != -1;) {
        if (option == 'n') runs = strtoul(optarg, NULL, 10);
        if (option == 'r') recipient = optarg;
    }
    if (optind == argc || runs == 0) {
        fprintf(stderr, "usage: session_cost [-n RUNS] [-r RECIPIENT] COMMAND...\n");
        return 64;
    }
    signal(SIGPIPE, SIG_IGN);
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (bind(listener, (struct sockaddr*)&address, length) != 0 || listen(listener, 8) != 0) fail("listen");
    getsockname(listener, (struct sockaddr*)&address, &length);
    double* wall = calloc(runs, sizeof *wall);
    double* cpu = calloc(runs, sizeof *cpu);
    if (wall == NULL || cpu == NULL) fail("calloc");
    for (size_t run = 0; run < runs; ++run) {
        const struct cost cost = one_session(listener, &address, recipient, argv + optind);
        wall[run] = cost.wall;
        cpu[run] = cost.cpu;
    }
    printf("%zu %.0f %.0f\n", runs, median(wall, runs), median(cpu, runs));
    return 0;
}
