package dev.keratin.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.keratin.backend.spi.OpSpan;
import dev.keratin.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file in Chrome's trace event format, an array of complete events, written as they come. Safe for use by several
 * threads.
 *
 * @see <a href="https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU">Trace Event Format</a>
 */
final class ChromeTrace {
    private static final double NANOSECONDS = 1e3;
    private static final int PROCESS = 1;

    private final long origin = System.nanoTime();
    private final Set<Long> threads = new HashSet<>();
    private final JsonGenerator json;

    ChromeTrace(Path file) {
        try {
            json = Json.MAPPER.getFactory().createGenerator(Files.newBufferedWriter(file));
            json.writeStartArray();
        } catch (IOException e) {
            throw failure(file.toString(), e);
        }
    }

    /** Writes a span that has only a name; nothing after {@link #close}. */
    void write(String name, long start, long nanoseconds) {
        event(name, "keratin", start, nanoseconds, () -> {});
    }

    /** Writes an op. */
    void write(OpFacts facts, OpSpan span) {
        event(facts.name(), "op", span.start(), span.nanoseconds(), () -> arguments(facts, span.nanoseconds()));
    }

    private void arguments(OpFacts facts, long nanoseconds) throws IOException {
        json.writeObjectFieldStart("args");
        json.writeStringField("layer", facts.layers().isEmpty() ? "" : facts.layers().get(0));
        strings("layers", facts.layers());
        json.writeStringField("kernel", facts.kernel());
        strings("operands", facts.operands());
        strings("results", facts.results());
        json.writeNumberField("flops", facts.flops());
        json.writeNumberField("bytes", facts.bytes());
        json.writeNumberField("gflops_per_second", (double) facts.flops() / Math.max(1, nanoseconds));
        json.writeNumberField("gigabytes_per_second", (double) facts.bytes() / Math.max(1, nanoseconds));
        json.writeEndObject();
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** Writes the fields that an event has besides its name, times and thread. */
    private interface Fields {
        void write() throws IOException;
    }

    private synchronized void event(String name, String category, long start, long nanoseconds, Fields fields) {
        if (json.isClosed()) {
            return;
        }
        try {
            nameThread();
            begin(name, "X");
            json.writeStringField("cat", category);
            json.writeNumberField("ts", (start - origin) / NANOSECONDS);
            json.writeNumberField("dur", nanoseconds / NANOSECONDS);
            fields.write();
            json.writeEndObject();
        } catch (IOException e) {
            throw failure("a profile", e);
        }
    }

    private void nameThread() throws IOException {
        if (threads.add(Thread.currentThread().getId())) {
            begin("thread_name", "M");
            json.writeObjectFieldStart("args");
            json.writeStringField("name", Thread.currentThread().getName());
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private void begin(String name, String phase) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("ph", phase);
        json.writeNumberField("pid", PROCESS);
        json.writeNumberField("tid", Thread.currentThread().getId());
    }

    synchronized void close() {
        try {
            if (!json.isClosed()) {
                json.writeEndArray();
                json.close();
            }
        } catch (IOException e) {
            throw failure("a profile", e);
        }
    }

    private static UncheckedIOException failure(String file, IOException e) {
        return new UncheckedIOException("Profile: a file that can be written is required. Received: " + file + " ("
                + e + "). Choose another place.", e);
    }
}
