// SPDX-License-Identifier: BSD-2-Clause
// Sends messages over SMTP as fast as the server takes them.
//
//     smtp_load [-c CONNECTIONS] [-n MESSAGES] [-k MESSAGES_A_CONNECTION] [-s OCTETS] [-r RECIPIENT] HOST
//     PORT
//
// Each of CONNECTIONS threads holds one connection at a time. A message counts when it was answered 250.
// After the last one of a connection QUIT is sent and the connection closed without waiting for 221.
// Prints one line: messages accepted, failed, seconds, and the median and 99th percentile of milliseconds
// from before the connection (or MAIL, when it was open) to 250.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static size_t connections = 1, messages = 1000, per_connection = 1, octets = 1024;
static const char* recipient = "bench@bench.example";
static struct sockaddr_in server;
static char* content;
static size_t content_length;
static double* milliseconds;
static atomic_size_t begun, accepted, failed;

struct client {
    int descriptor;  // -1: not connected
    FILE* replies;
    size_t sent;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int is_answered(struct client* client, char digit) {
    char line[2048];
    do {
        if (fgets(line, sizeof line, client->replies) == NULL) return 0;
    } while (strlen(line) > 3 && line[3] == '-');
    if (line[0] != digit) fprintf(stderr, "smtp_load: %s", line);
    return line[0] == digit;
}

static int say(struct client* client, const char* text, size_t length) {
    while (length > 0) {
        const ssize_t written = write(client->descriptor, text, length);
        if (written <= 0) return 0;
        text += written;
        length -= (size_t)written;
    }
    return 1;
}

static int command(struct client* client, const char* text, char digit) {
    return say(client, text, strlen(text)) && is_answered(client, digit);
}

static void hang_up(struct client* client) {
    if (client->descriptor == -1) return;
    say(client, "QUIT\r\n", 6);
    fclose(client->replies);
    client->descriptor = -1;
}

static int is_connected(struct client* client) {
    if (client->descriptor != -1) return 1;
    const int on = 1;
    client->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->descriptor == -1) return 0;
    client->replies = fdopen(client->descriptor, "r");
    client->sent = 0;
    setsockopt(client->descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return connect(client->descriptor, (const struct sockaddr*)&server, sizeof server) == 0 &&
           is_answered(client, '2') && command(client, "EHLO client.example\r\n", '2');
}

static int is_sent(struct client* client) {
    char rcpt[400];
    snprintf(rcpt, sizeof rcpt, "RCPT TO:<%s>\r\n", recipient);
    return is_connected(client) && command(client, "MAIL FROM:<sender@client.example>\r\n", '2') &&
           command(client, rcpt, '2') && command(client, "DATA\r\n", '3') &&
           say(client, content, content_length) && is_answered(client, '2');
}

static void* work(void* unused) {
    struct client client = {.descriptor = -1};
    while (atomic_fetch_add(&begun, 1) < messages) {
        const double start = now();
        const int sent = is_sent(&client);
        if (sent)
            milliseconds[atomic_fetch_add(&accepted, 1)] = now() - start;
        else
            atomic_fetch_add(&failed, 1);
        if (!sent || ++client.sent == per_connection) hang_up(&client);
    }
    hang_up(&client);
    return unused;
}

static void make_content(void) {
    content = malloc(octets + 512);
    content_length = (size_t)sprintf(content,
                                     "From: <sender@client.example>\r\nTo: <%s>\r\n"
                                     "Date: Sat, 21 Nov 2026 12:00:00 +0000\r\nSubject: load\r\n\r\n",
                                     recipient);
    while (content_length + 74 < octets)
        content_length += (size_t)sprintf(content + content_length, "%072d\r\n", 0);
    content_length += (size_t)sprintf(content + content_length, ".\r\n");
}

static int ascending(const void* a, const void* b) {
    const double x = *(const double*)a, y = *(const double*)b;
    return (x > y) - (x < y);
}

static void read_options(int argc, char** argv) {
    for (int option; (option = getopt(argc, argv, "c:n:k:s:r:")) != -1;) {
        if (option == 'r')
            recipient = optarg;
        else if (option == 'c')
            connections = strtoul(optarg, NULL, 10);
        else if (option == 'n')
            messages = strtoul(optarg, NULL, 10);
        else if (option == 'k')
            per_connection = strtoul(optarg, NULL, 10);
        else if (option == 's')
            octets = strtoul(optarg, NULL, 10);
        else
            exit(64);
    }
    server.sin_family = AF_INET;
    if (argc - optind == 2 && inet_pton(AF_INET, argv[optind], &server.sin_addr) == 1) {
        server.sin_port = htons((in_port_t)strtoul(argv[optind + 1], NULL, 10));
        return;
    }
    fprintf(stderr, "usage: smtp_load [options] HOST PORT\n");
    exit(64);
}

int main(int argc, char** argv) {
    read_options(argc, argv);
    signal(SIGPIPE, SIG_IGN);
    make_content();
    milliseconds = calloc(messages + 1, sizeof *milliseconds);
    pthread_t* threads = calloc(connections, sizeof *threads);
    const double start = now();
    for (size_t i = 0; i < connections; ++i) pthread_create(&threads[i], NULL, work, NULL);
    for (size_t i = 0; i < connections; ++i) pthread_join(threads[i], NULL);
    const double seconds = (now() - start) / 1e3;
    const size_t count = accepted;
    qsort(milliseconds, count, sizeof *milliseconds, ascending);
    printf("%zu %zu %.3f %.2f %.2f\n", count, (size_t)failed, seconds, milliseconds[count / 2],
           milliseconds[count - count / 100 - (count > 0)]);
    return failed == 0 ? 0 : 1;
}
