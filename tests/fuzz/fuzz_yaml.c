/* SPDX-License-Identifier: EUPL-1.2 */
/* YAML definitions: whatever comes in, a tree has texts and lines, or a fault has a sentence. */
#include "base/base.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct wijk_yaml *node)
{
    if (!node->text || node->line == 0) abort();
    for (size_t i = 0; i < node->n; i++) {
        if (node->kind == WIJK_YAML_MAP && wijk_yaml_get(node, node->key[i]) != node->child[i]) abort();
        walk(node->child[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_yaml *tree;
    if (wijk_yaml_read(cx, (struct wijk_str){(const char *)data, size}, "fuzz.yaml", &tree) == WIJK_OK)
        walk(tree);
    else if (!wijk_fault(cx)[0])
        abort();
    wijk_cx_end(cx);
    return 0;
}
