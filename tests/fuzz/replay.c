/* SPDX-License-Identifier: EUPL-1.2 */
/* Feeds a fuzz target every file of a folder, each as it is, cut short at several places, and bent a few
 * hundred times: replay FOLDER. The bends are the same every time. An input of more than ten seconds ends the
 * program. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECONDS = 10, SIZE_MAX_IN = 1 << 20, CUTS = 16, BENT = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t inputs;

/* In a block of its own size, so that reading past the end is seen. */
static void feed(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) abort();
    if (size) memcpy(copy, data, size);
    alarm(SECONDS);
    LLVMFuzzerTestOneInput(copy, size);
    alarm(0);
    free(copy);
    inputs++;
}

/* Vigna, splitmix64. */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static void bend(const uint8_t *data, size_t size)
{
    uint64_t state = size;
    uint8_t *room = malloc(size);
    if (!room) abort();
    for (int i = 0; i < BENT; i++) {
        memcpy(room, data, size);
        for (uint64_t k = 1 + next(&state) % 6; k > 0; k--) {
            size_t at = (size_t)(next(&state) % size);
            uint64_t how = next(&state);
            room[at] = (uint8_t)(how % 3 == 0 ? how >> 8 : room[at] ^ 1u << (how >> 8 & 7));
        }
        feed(room, size);
    }
    free(room);
}

static void replay(const char *path)
{
    static uint8_t data[SIZE_MAX_IN];
    FILE *f = fopen(path, "rb");
    if (!f) return;
    size_t size = fread(data, 1, sizeof data, f);
    fclose(f);
    feed(data, size);
    for (size_t i = 0; i < CUTS; i++) feed(data, size * i / CUTS);
    if (size) bend(data, size);
}

int main(int argc, char **argv)
{
    DIR *d = argc == 2 ? opendir(argv[1]) : NULL;
    size_t files = 0;
    if (!d) return 2;
    for (const struct dirent *e; (e = readdir(d));) {
        char path[4096];
        if (e->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], e->d_name);
        replay(path);
        files++;
    }
    closedir(d);
    printf("%zu files, %zu inputs\n", files, inputs);
    return files ? 0 : 1;
}
