package dev.keratin.io.hdf5;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files beside the tests. */
final class TestFiles {
    private TestFiles() {}

    /** Files that must be read. */
    static Stream<String> good() {
        return Stream.of("keras1-dense.h5", "keras2-lstm.h5", "tfkeras-mlp.h5", "keras3-model.h5", "keras3-unicode.h5",
                "keras3-model.weights.h5", "keras3-chunked.weights.h5", "keras3-big-endian.weights.h5",
                "keras3-latest.weights.h5", "keras3-bfloat16.weights.h5", "h5py-earliest.h5", "h5py-latest.h5");
    }

    /** Every pair of an engine that writes and one that reads. */
    static Stream<H5Engine[]> pairs() {
        return Stream.of(H5Engine.values()).flatMap(a -> Stream.of(H5Engine.values()).map(b -> new H5Engine[] {a, b}));
    }

    static byte[] bytes(String name) {
        try (InputStream in = TestFiles.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path copy(String name, Path directory) throws IOException {
        return Files.write(directory.resolve(Path.of(name).getFileName()), bytes(name));
    }

    static H5Reader open(H5Engine engine, String name) throws H5Exception {
        return engine.open(name, ByteBuffer.wrap(bytes(name)));
    }

    static ByteBuffer floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }
}
