package dev.keratin.io.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5E_WALK_UPWARD;
import static org.bytedeco.hdf5.global.hdf5.H5Eset_auto2;
import static org.bytedeco.hdf5.global.hdf5.H5Ewalk2;
import static org.bytedeco.hdf5.global.hdf5.H5PLset_loading_state;
import static org.bytedeco.hdf5.global.hdf5.H5open;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.hdf5.H5E_auto2_t;
import org.bytedeco.hdf5.H5E_error2_t;
import org.bytedeco.hdf5.H5E_walk2_t;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/** libhdf5, loaded once; silent on the console, without plug-ins. */
final class NativeLibrary {
    /** Held around every use of the library, which isn't thread-safe. */
    static final Object LOCK = new Object();

    /** The default property list, the whole dataspace, the default error stack. */
    static final long DEFAULT = 0;

    private static final String LOAD_PROPERTY = "org.bytedeco.javacpp.loadlibraries";
    private static final Pattern SYSTEM_MESSAGE = Pattern.compile("error message = '(.*?)'");
    private static final Optional<String> PROBLEM = load();

    private NativeLibrary() {}

    /** Why the library can't be used here; empty if it can. */
    static Optional<String> unusable() {
        return PROBLEM;
    }

    private static Optional<String> load() {
        synchronized (LOCK) {
            try {
                silenceVersionCheck();
                Loader.load(hdf5.class);
                H5open();
                H5Eset_auto2(DEFAULT, (H5E_auto2_t) null, (Pointer) null);
                H5PLset_loading_state(0);
                return Optional.empty();
            } catch (LinkageError | ClassNotFoundException | RuntimeException e) {
                return Optional.of("libhdf5 doesn't load on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + ": " + H5Exception.words(e));
            }
        }
    }

    /**
     * Runs the version check of the preset, which prints a warning when JavaCPP is newer, while JavaCPP believes that
     * nothing is to be loaded; that skips it, and it runs but once.
     */
    private static void silenceVersionCheck() throws ClassNotFoundException {
        String old = System.getProperty(LOAD_PROPERTY);
        System.setProperty(LOAD_PROPERTY, "false");
        try {
            Class.forName("org.bytedeco.hdf5.presets.hdf5");
        } finally {
            if (old == null) {
                System.clearProperty(LOAD_PROPERTY);
            } else {
                System.setProperty(LOAD_PROPERTY, old);
            }
        }
    }

    /** The library's account of its last failure: the root cause and what it was about to do. */
    static IOException failure() {
        StringBuilder words = new StringBuilder();
        try (H5E_walk2_t walk = new H5E_walk2_t() {
            @Override
            public int call(int position, H5E_error2_t error, Pointer data) {
                if (position == 0) {
                    words.append(error.desc().getString(StandardCharsets.UTF_8));
                }
                return 0;
            }
        }) {
            H5Ewalk2(DEFAULT, H5E_WALK_UPWARD, walk, null);
        }
        return new IOException("libhdf5: " + brief(words.toString()));
    }

    /** Without the times, names and addresses that the library puts around what the system said. */
    private static String brief(String account) {
        String start = account.lines().findFirst().orElse("a failure without an account").replaceFirst(": time = .*", "");
        Matcher system = SYSTEM_MESSAGE.matcher(account);
        return system.find() ? start + ": " + system.group(1) : start;
    }

    /** The status or id of a call, which is negative if it failed. */
    static long check(long result) throws IOException {
        if (result < 0) {
            throw failure();
        }
        return result;
    }

    /** A name or path as the library takes it, whatever the platform's charset; the caller closes it. */
    static BytePointer utf8(String text) {
        return new BytePointer((text + "\0").getBytes(StandardCharsets.UTF_8));
    }
}
