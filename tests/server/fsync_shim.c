// A disk that loses everything not fsynced, as a library preloaded into the server (LD_PRELOAD).
//
// Every fsync and fdatasync of something below LANDFALL_SHIM_ROOT also copies it into
// LANDFALL_SHIM_IMAGE: a file's bytes to inodes/KEY, a folder's names to folders/KEY. After a kill,
// the image is exactly what a power cut would have left if the disk kept nothing that was not asked
// for; power-cut.mjs builds a data folder from it. KEY is inode number and birth time, because
// inode numbers are used again.
//
// LANDFALL_SHIM_SWALLOW names one kind of call that is answered without effect:
//   upload   an upload's bytes      shelf   the folder a part was published in
//   backup   a vault's ciphertext   vaults  the folder it was given its name in
//   wal      the database's log

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char* setting(const char* name) {
  const char* value = getenv(name);
  return value == NULL ? "" : value;
}

// The path behind `fd` relative to the root ("" for the root itself); NULL when it is elsewhere.
static const char* path_below_root(int fd, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, PATH_MAX - 1);
  if (size < 0) return NULL;
  path[size] = '\0';
  const char* root = setting("LANDFALL_SHIM_ROOT");
  size_t length = strlen(root);
  if (length == 0 || strncmp(path, root, length) != 0) return NULL;
  if (path[length] == '\0') return path + length;
  return path[length] == '/' ? path + length + 1 : NULL;
}

// Ends the process: a test whose record is incomplete must not go on.
static void stop(const char* what) {
  fprintf(stderr, "fsync_shim: %s: %s\n", what, strerror(errno));
  _exit(99);
}

static void key_of(int folder, const char* name, int flags, char key[64], int* is_folder) {
  struct statx status;
  if (syscall(SYS_statx, folder, name, flags | AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS | STATX_BTIME,
              &status) != 0) {
    key[0] = '\0';  // gone meanwhile
    return;
  }
  snprintf(key, 64, "%llu-%lld-%u", (unsigned long long)status.stx_ino,
           (long long)status.stx_btime.tv_sec, status.stx_btime.tv_nsec);
  *is_folder = S_ISDIR(status.stx_mode);
}

// Opens a fresh file of the image that finish() puts in its place at once, so that a kill in
// between leaves the older record.
static int begin(char temporary[PATH_MAX]) {
  static __thread unsigned number;
  snprintf(temporary, PATH_MAX, "%s/new-%ld-%u", setting("LANDFALL_SHIM_IMAGE"),
           (long)syscall(SYS_gettid), number++);
  int out = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (out < 0) stop("image");
  return out;
}

static void finish(const char* temporary, const char* kind, const char* key) {
  char place[PATH_MAX];
  snprintf(place, sizeof place, "%s/%s/%s", setting("LANDFALL_SHIM_IMAGE"), kind, key);
  if (rename(temporary, place) != 0) stop("rename");
}

static void record_file(int fd, const char* key) {
  char temporary[PATH_MAX];
  int out = begin(temporary);
  static __thread char buffer[1 << 16];
  off_t offset = 0;
  for (;;) {
    ssize_t got = pread(fd, buffer, sizeof buffer, offset);
    if (got < 0) stop("read");
    if (got == 0) break;
    if (write(out, buffer, (size_t)got) != got) stop("write");
    offset += got;
  }
  close(out);
  finish(temporary, "inodes", key);
}

static void record_folder(int fd, const char* key) {
  char temporary[PATH_MAX];
  int out = begin(temporary);
  int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* folder = copy < 0 ? NULL : fdopendir(copy);
  if (folder == NULL) stop("folder");
  for (struct dirent* entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    char entry_key[64];
    int is_folder = 0;
    key_of(fd, entry->d_name, 0, entry_key, &is_folder);
    if (entry_key[0] != '\0') {
      dprintf(out, "%s %s %s\n", is_folder ? "folder" : "file", entry_key, entry->d_name);
    }
  }
  closedir(folder);
  close(out);
  finish(temporary, "folders", key);
}

// Which of the folders is the data folder.
static void record_root(const char* key) {
  char temporary[PATH_MAX];
  int out = begin(temporary);
  if (dprintf(out, "%s", key) < 0) stop("root");
  close(out);
  finish(temporary, ".", "root");
}

static int is_swallowed(const char* path, int is_folder) {
  const char* kind = setting("LANDFALL_SHIM_SWALLOW");
  size_t length = strlen(path);
  if (strcmp(kind, "upload") == 0) return !is_folder && strncmp(path, "uploads/", 8) == 0;
  if (strcmp(kind, "shelf") == 0) return is_folder && strncmp(path, "parts/", 6) == 0;
  if (strcmp(kind, "backup") == 0) return !is_folder && strncmp(path, "vaults/", 7) == 0;
  if (strcmp(kind, "vaults") == 0) return is_folder && strcmp(path, "vaults") == 0;
  if (strcmp(kind, "wal") == 0) return length > 4 && strcmp(path + length - 4, "-wal") == 0;
  return 0;
}

// One record at a time: an older view of a folder must not replace a newer one.
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static int record(int fd) {
  char path[PATH_MAX];
  const char* below = path_below_root(fd, path);
  if (below == NULL) return 0;
  char key[64];
  int is_folder = 0;
  key_of(fd, "", AT_EMPTY_PATH, key, &is_folder);
  if (key[0] == '\0' || is_swallowed(below, is_folder)) return 0;
  pthread_mutex_lock(&mutex);
  if (is_folder) {
    record_folder(fd, key);
    if (below[0] == '\0') record_root(key);
  } else {
    record_file(fd, key);
  }
  pthread_mutex_unlock(&mutex);
  return 0;
}

// The real calls are left out: the machine running the test does not lose its power, and a slow
// disk would only make fewer cuts fit into a test.
int fsync(int fd) { return record(fd); }
int fdatasync(int fd) { return record(fd); }
