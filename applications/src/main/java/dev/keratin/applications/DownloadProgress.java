package dev.keratin.applications;

import java.io.PrintStream;
import java.net.URI;

/** Tells on one line how much of a file is there, in steps of a tenth. */
final class DownloadProgress {
    private static final int STEPS = 10;
    private static final double MEGABYTE = 1e6;

    private final PrintStream out;
    private final long bytes;
    private long seen;
    private long told;

    /** @param bytes of the whole file; not positive if unknown */
    DownloadProgress(PrintStream out, URI address, long bytes) {
        this.out = out;
        this.bytes = bytes;
        out.print("Downloading " + address + (bytes > 0 ? String.format(" (%.1f MB)", bytes / MEGABYTE) : ""));
        out.flush();
    }

    void add(long more) {
        seen += more;
        while (bytes > 0 && told < STEPS * seen / bytes) {
            told++;
            out.print(" " + told * 100 / STEPS + "%");
            out.flush();
        }
    }

    void end() {
        out.println();
    }
}
