package dev.hone.connectors.sandbox;

import static dev.hone.connectors.sandbox.Sandboxes.python;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What code in the sandbox tries, and what comes of it. */
class SandboxEscapeTest {

    static Predicate<ProcessHandle> saying(String word) {
        return process -> process.info().commandLine().orElse("").contains(word);
    }

    @Test
    void it_reaches_no_server_on_this_machine_or_beyond() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = python("""
                    import socket
                    for address in (("127.0.0.1", %d), ("192.0.2.1", 80)):
                        try:
                            socket.create_connection(address, 5)
                            print("connected")
                        except OSError as error:
                            print("no")
                    """.formatted(server.getLocalPort()));
            assertThat(ended.stdout()).isEqualTo("no\nno\n");
        }
    }

    @Test
    void a_fork_bomb_runs_out_of_processes_and_leaves_none() throws Exception {
        Ended ended = python("""
                import os
                n = 0
                try:
                    while n < 1000:
                        if os.fork() == 0:
                            os.execvp("sleep", ["sleep", "4242.25"])
                        n += 1
                except OSError as error:
                    print(n)
                """);
        assertThat(Integer.parseInt(ended.stdout().strip())).isBetween(1, 16);
        assertThat(ProcessHandle.allProcesses()).noneMatch(saying("4242.25"));
    }

    @Test
    void a_memory_bomb_runs_out_of_memory() throws Exception {
        Ended ended = python("x = bytearray(1 << 30)");
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.stderr()).contains("MemoryError");
    }

    @Test
    void the_disk_is_full_before_the_machines_is() throws Exception {
        Ended ended = python("""
                import os
                for n in range(10):
                    with open("%d" % n, "wb") as file:
                        file.write(os.urandom(4 << 20))
                """);
        assertThat(ended.stderr()).contains("No space left on device");
    }

    @Test
    void it_sees_no_file_of_the_machine_or_of_the_engine(@TempDir Path data) throws Exception {
        Path ledger = Files.writeString(data.resolve("ledger"), "secret");
        Ended ended = python("""
                import os
                for path in ("/etc/passwd", "/etc/shadow", "/root/.bashrc", "/home", "/var", "%s", "/old", "/proc/1/root/old"):
                    print(os.path.exists(path))
                print(sorted(os.listdir("/etc")), os.listdir("/work"))
                """.formatted(ledger));
        assertThat(ended.stdout())
                .startsWith("False\n".repeat(8))
                .contains("main.py")
                .doesNotContain("passwd");
    }

    @Test
    void it_writes_nothing_but_its_work_directory() throws Exception {
        Ended ended = python("""
                for path in ("/usr/x", "/x", "/etc/x", "/dev/x", "/proc/sys/kernel/hostname", "/work/x", "/tmp/x"):
                    try:
                        open(path, "w").write("x")
                        print("written", path)
                    except OSError:
                        pass
                """);
        assertThat(ended.stdout()).isEqualTo("written /work/x\nwritten /tmp/x\n");
    }

    @Test
    void it_cannot_kill_its_parent_or_anybody_outside() throws Exception {
        Ended ended = python("""
                import os, signal
                for process in (os.getppid(), %d, -1):
                    try:
                        os.kill(process, signal.SIGKILL)
                    except OSError:
                        pass
                print("still here")
                """.formatted(ProcessHandle.current().pid()));
        assertThat(ended).isEqualTo(new Ended(0, "still here\n", "", Optional.empty()));
    }

    @Test
    void endless_output_is_cut_and_stopped() throws Exception {
        Ended ended = python("while True: print('x' * 1000)");
        assertThat(ended.stopped()).contains("output");
        assertThat(ended.stdout()).hasSize(20_000);
    }

    @Test
    void a_run_without_an_end_is_stopped_with_all_that_it_started() throws Exception {
        Ended ended = python("""
                import os, signal
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        os.execvp("sleep", ["sleep", "4343.25"])
                    os._exit(0)
                print("begun", flush=True)
                while True: pass
                """, Optional.of(2.0));
        assertThat(ended).isEqualTo(new Ended(137, "begun\n", "", Optional.of("time")));
        assertThat(ProcessHandle.allProcesses()).noneMatch(saying("4343.25"));
    }

    @Test
    void what_it_leaves_running_ends_with_it() throws Exception {
        Ended ended = python("""
                import os
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        for fd in range(3): os.close(fd)
                        os.execvp("sleep", ["sleep", "4444.25"])
                """);
        assertThat(ended.exit()).isZero();
        assertThat(ProcessHandle.allProcesses()).noneMatch(saying("4444.25"));
    }

    @Test
    void it_knows_nothing_of_the_engines_environment() throws Exception {
        assertThat(python("import os; print(sorted(os.environ))").stdout())
                .isEqualTo("['HOME', 'LANG', 'PATH', 'TMPDIR']\n");
    }

    @Test
    void it_gains_no_rights() throws Exception {
        Ended ended = python("""
                import ctypes, os
                libc = ctypes.CDLL(None)
                print(libc.unshare(0x10000000), libc.unshare(0x00020000), libc.mount(b"none", b"/work", b"tmpfs", 0, None))
                for attempt in (lambda: os.chroot("/work"), lambda: os.setuid(1), lambda: os.mknod("d", 0o60600, 0x801),
                                lambda: os.nice(-5), lambda: os.chown("main.py", 1, 1)):
                    try:
                        attempt()
                        print("done")
                    except OSError:
                        print("no")
                print(open("/proc/self/status").read().split("CapEff:")[1].split()[0])
                """);
        assertThat(ended.stdout()).isEqualTo("-1 -1 -1\n" + "no\n".repeat(5) + "0000000000000000\n");
    }

    @Test
    void it_sees_no_other_processes() throws Exception {
        Ended ended = python("import os; print(len([name for name in os.listdir('/proc') if name.isdigit()]))");
        assertThat(Integer.parseInt(ended.stdout().strip())).isLessThan(6);
    }

    @Test
    void links_lead_nowhere_outside() throws Exception {
        Ended ended = python("""
                import os
                os.symlink("../../../../../../etc/passwd", "link")
                os.symlink("/proc/1/root", "root")
                os.symlink("/proc/1/cwd/../../..", "up")
                print(os.path.exists("link"), os.path.exists("root/etc/passwd"), os.path.exists("up/etc/passwd"))
                """);
        assertThat(ended.stdout()).isEqualTo("False False False\n");
    }

    @Test
    void archives_that_lead_out_or_swell_stay_within(@TempDir Path outside) throws Exception {
        Path target = outside.resolve("evil");
        Ended ended = python("""
                import io, tarfile, zipfile
                archive = io.BytesIO()
                with tarfile.open(fileobj=archive, mode="w") as tar:
                    entry = tarfile.TarInfo("../../../../../../../../../..%s")
                    entry.size = 1
                    tar.addfile(entry, io.BytesIO(b"x"))
                archive.seek(0)
                tarfile.open(fileobj=archive).extractall("/work")
                with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
                    with bomb.open("zeros", "w") as zeros:
                        for _ in range(64):
                            zeros.write(bytes(1 << 20))
                zipfile.ZipFile("bomb.zip").extractall("/work")
                """.formatted(target));
        assertThat(target).doesNotExist();
        assertThat(ended.stderr()).containsAnyOf("No space left on device", "File too large");
    }

    @Test
    void nothing_of_it_stays_in_the_directory_for_temporary_files() throws Exception {
        python("open('left', 'w').write('x')");
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.filter(path -> path.getFileName().toString().startsWith("hone-sandbox"))
                            .filter(path -> Files.exists(path.resolve("files/left"))))
                    .isEmpty();
        }
    }
}
