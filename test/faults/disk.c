/* Preloaded into the service: makes the disk of its spool fail on demand. The file that JOBLENS_DISK_FAULT names holds
   what is wrong: "full" (half of a write goes, then ENOSPC), "fsync" (EIO, after the bytes were written), "stuck" (as
   full, and nothing can be taken back either). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int in_spool(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, "/spool/") != NULL;
}

static int wrong(int fd, const char *what) {
  const char *file = getenv("JOBLENS_DISK_FAULT");
  if (file == NULL || !in_spool(fd)) return 0;
  char fault[16] = "";
  int handle = open(file, O_RDONLY | O_CLOEXEC);
  if (handle < 0) return 0;
  ssize_t length = read(handle, fault, sizeof fault - 1);
  close(handle);
  return length > 0 && strncmp(fault, what, strlen(what)) == 0;
}

static int full(int fd) { return wrong(fd, "full") || wrong(fd, "stuck"); }

/* Of a file whose writes are to be on disk once they return, it is the write that says that they are not. */
static ssize_t synced(int fd, ssize_t written) {
  if (fcntl(fd, F_GETFL) & O_DSYNC && wrong(fd, "fsync")) return errno = EIO, -1;
  return written;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  if (!full(fd)) return synced(fd, REAL(pwrite64)(fd, bytes, count, at));
  if (count < 2 || at % 2) return errno = ENOSPC, -1;
  return REAL(pwrite64)(fd, bytes, count / 2 | 1, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off64_t at) {
  if (!full(fd)) return synced(fd, REAL(pwritev64)(fd, pieces, count, at));
  return pwrite64(fd, pieces[0].iov_base, pieces[0].iov_len, at);
}
ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t at) { return pwritev64(fd, pieces, count, at); }

int fdatasync(int fd) {
  if (wrong(fd, "fsync")) return errno = EIO, -1;
  return REAL(fdatasync)(fd);
}

int ftruncate64(int fd, off64_t length) {
  if (wrong(fd, "stuck")) return errno = EIO, -1;
  return REAL(ftruncate64)(fd, length);
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
