package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Turns an engine's failures into messages that name the file the user asked for. */
record NamedFailures(Path target, WriteEngine engine) implements WriteEngine {
    @FunctionalInterface
    private interface Call {
        void run() throws IOException;
    }

    /** Starts an engine. */
    @FunctionalInterface
    interface Start {
        WriteEngine run() throws IOException;
    }

    static WriteEngine of(Path target, Start start) throws H5Exception {
        try {
            return new NamedFailures(target, start.run());
        } catch (IOException e) {
            throw AtomicFile.failure(target, e);
        }
    }

    private void named(Call call) throws H5Exception {
        try {
            call.run();
        } catch (IOException e) {
            throw AtomicFile.failure(target, e);
        }
    }

    @Override
    public void group(String path) throws H5Exception {
        named(() -> engine.group(path));
    }

    @Override
    public void dataset(H5Dataset dataset, Iterable<ByteBuffer> pieces) throws H5Exception {
        named(() -> engine.dataset(dataset, pieces));
    }

    @Override
    public void strings(H5Dataset dataset, List<String> values) throws H5Exception {
        named(() -> engine.strings(dataset, values));
    }

    @Override
    public void attribute(String path, String name, H5Attribute value) throws H5Exception {
        named(() -> engine.attribute(path, name, value));
    }

    @Override
    public void finish() throws H5Exception {
        named(engine::finish);
    }

    @Override
    public void close() throws H5Exception {
        named(engine::close);
    }
}
