/*
 * Loading settings and merging one file over another. Reading YAML is left to
 * yaml.c, the meaning of keys to keys.c.
 */
#include <config.h>

#include "libprospect/settings/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "libprospect/base/map.h"
#include "libprospect/settings/bytes.h"
#include "libprospect/settings/yaml.h"

void
psp_settings_init(struct psp_settings *settings)
{
	settings->root = NULL;
	psp_arena_init(&settings->arena);
}

void
psp_settings_clear(struct psp_settings *settings)
{
	if (settings == NULL)
		return;
	psp_arena_clear(&settings->arena);
	settings->root = NULL;
}

/* Puts the content of `later` in the place of `node`. */
static void
replace(struct psp_node *node, const struct psp_node *later)
{
	struct psp_node *next = node->next;

	*node = *later;
	node->next = next;
}

static bool merge_maps(struct psp_node *map, const struct psp_node *later,
    struct psp_arena *arena, struct psp_error *err);

/*
 * Merges the children of `later` into `map`, whose children are listed in
 * `children` and found by key in `places`. Depth is bounded by yaml.c.
 */
static bool
merge_children(struct psp_node *map, const struct psp_node *later,
    struct psp_node **children, const struct psp_map *places,
    struct psp_arena *arena, struct psp_error *err)
{
	struct psp_node *last = NULL, *child = later->first, *next;

	if (map->n_children > 0)
		last = children[map->n_children - 1];
	for (; child != NULL; child = next) {
		const struct psp_map_entry *entry =
		    psp_map_get(places, child->key);
		struct psp_node *old =
		    entry != NULL ? children[entry->value] : NULL;

		next = child->next;
		if (old == NULL) {
			child->next = NULL;
			if (last == NULL)
				map->first = child;
			else
				last->next = child;
			last = child;
			map->n_children++;
		} else if (old->kind == PSP_NODE_MAP
			   && child->kind == PSP_NODE_MAP) {
			if (!merge_maps(old, child, arena, err))
				return false;
		} else {
			replace(old, child);
		}
	}
	return true;
}

static bool
merge_maps(struct psp_node *map, const struct psp_node *later,
    struct psp_arena *arena, struct psp_error *err)
{
	struct psp_node **children = psp_arena_array(
	    arena, map->n_children + 1, sizeof(struct psp_node *), err);
	struct psp_map_entry *entry;
	struct psp_map places;
	size_t n = 0;
	bool is_done = false;

	if (children == NULL)
		return false;
	psp_map_init(&places);
	for (struct psp_node *child = map->first; child != NULL;
	     child = child->next) {
		if (!psp_map_put(&places, child->key, n, &entry, NULL, err))
			goto done;
		children[n++] = child;
	}
	is_done = merge_children(map, later, children, &places, arena, err);
done:
	psp_map_clear(&places);
	return is_done;
}

bool
psp_settings_parse(struct psp_settings *settings, struct psp_slice text,
    const char *name, struct psp_problems *problems, struct psp_error *err)
{
	const char *kept =
	    psp_arena_copy(&settings->arena, psp_slice_of(name), err);
	struct psp_node *root;
	bool is_right;

	if (kept == NULL)
		return false;
	if (text.bytes == NULL)
		text = psp_slice("", 0);
	if (text.size > PSP_YAML_MAX_SIZE)
		return psp_problems_add(problems, PSP_ESETTINGS, name, 0, 0,
		    "settings are larger than 1 MiB; keep long lists in a CSV "
		    "file");
	is_right =
	    psp_yaml_read(text, kept, &settings->arena, problems, &root, err);
	if (problems->out_of_memory)
		return psp_error_memory(err);
	if (root == NULL)
		return false;
	if (settings->root == NULL)
		settings->root = root;
	else if (!merge_maps(settings->root, root, &settings->arena, err))
		return false;
	return is_right;
}

/* Reads up to a byte more than the limit, so that more can be told. */
static bool
read_file(
    int fd, const char *path, struct psp_buffer *text, struct psp_error *err)
{
	ssize_t n;

	if (!psp_buffer_reserve(text, 16384, err))
		return false;
	for (;;) {
		n = read(
		    fd, text->bytes + text->size, text->capacity - text->size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return psp_error_system(err, path, "read", errno);
		if (n == 0)
			return true;
		text->size += (size_t)n;
		if (text->size > PSP_YAML_MAX_SIZE)
			return true;
		if (!psp_buffer_reserve(text, 1, err))
			return false;
	}
}

bool
psp_settings_load(struct psp_settings *settings, const char *path,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_buffer text;
	bool is_right = false;
	int fd = -1;

	psp_buffer_init(&text);
	if (strcmp(path, "-") == 0) {
		psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "settings are not read from standard input; name a file "
		    "(./- for one of that name)");
		goto done;
	}
	do
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	while (fd < 0 && errno == EINTR);
	if (fd < 0) {
		psp_error_system(err, path, "open", errno);
		goto done;
	}
	if (!read_file(fd, path, &text, err))
		goto done;
	is_right = psp_settings_parse(
	    settings, psp_buffer_content(&text), path, problems, err);
done:
	if (fd >= 0)
		close(fd);
	psp_buffer_clear(&text);
	return is_right;
}
