package dev.keratin.io.hdf5;

import static org.bytedeco.hdf5.global.hdf5.*;

import dev.keratin.io.hdf5.H5Attribute.Form;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** The writer of {@link H5Engine#NATIVE}: without times, so that the same content gives the same bytes. */
final class NativeWriter implements WriteEngine {
    private static final System.Logger LOGGER = System.getLogger(NativeWriter.class.getName());
    private static final long NONE = -1;

    private final Path path;
    private long file;

    NativeWriter(Path path) throws IOException {
        this.path = path;
        synchronized (NativeLibrary.LOCK) {
            try (BytePointer text = NativeLibrary.utf8(path.toString())) {
                file = NativeLibrary.check(H5Fcreate(text, H5F_ACC_TRUNC, NativeLibrary.DEFAULT, NativeLibrary.DEFAULT));
            }
        }
    }

    /** Names are UTF-8 but not marked so: a mark would turn the group into the newer layout. */
    @Override
    public void group(String path) throws IOException {
        synchronized (NativeLibrary.LOCK) {
            try (BytePointer text = NativeLibrary.utf8(path)) {
                NativeId.of(H5Gcreate2(file, text, NativeLibrary.DEFAULT, NativeLibrary.DEFAULT,
                        NativeLibrary.DEFAULT)).close();
            }
        }
    }

    @Override
    public void dataset(H5Dataset dataset, Iterable<ByteBuffer> pieces) throws IOException {
        synchronized (NativeLibrary.LOCK) {
            try (NativeId type = NativeTypes.numeric(dataset.type()); NativeId space = space(dataset.shape());
                    NativeId id = dataset(dataset.path(), type, space)) {
                long first = 0;
                for (ByteBuffer piece : pieces) {
                    long count = piece.remaining() / dataset.type().size();
                    if (count > 0) {
                        write(dataset, id.id(), type.id(), space.id(), first, piece);
                    }
                    first += count;
                }
            }
        }
    }

    private static void write(H5Dataset dataset, long id, long type, long space, long first, ByteBuffer piece)
            throws IOException {
        try (BytePointer bytes = NativeTransfer.of(piece)) {
            NativeTransfer.move(dataset, space, first, bytes, (memorySpace, fileSpace, at) ->
                    H5Dwrite(id, type, memorySpace, fileSpace, NativeLibrary.DEFAULT, at));
        }
    }

    private NativeId dataset(String path, NativeId type, NativeId space) throws IOException {
        try (BytePointer text = NativeLibrary.utf8(path);
                NativeId creation = NativeId.of(H5Pcreate(H5P_CLS_DATASET_CREATE_ID_g()))) {
            NativeLibrary.check(H5Pset_obj_track_times(creation.id(), false));
            return NativeId.of(H5Dcreate2(file, text, type.id(), space.id(), NativeLibrary.DEFAULT, creation.id(),
                    NativeLibrary.DEFAULT));
        }
    }

    private static NativeId space(List<Long> shape) throws IOException {
        long[] dims = Dims.array(shape);
        return NativeId.of(dims.length == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(dims.length, dims, (long[]) null));
    }

    @Override
    public void strings(H5Dataset dataset, List<String> values) throws IOException {
        synchronized (NativeLibrary.LOCK) {
            try (NativeId type = NativeTypes.text(Form.UTF8, 0); NativeId space = space(dataset.shape());
                    NativeId id = dataset(dataset.path(), type, space)) {
                if (!values.isEmpty()) {
                    NativeStrings.write(values, pointers -> H5Dwrite(id.id(), type.id(), 0, 0, 0, pointers));
                }
            }
        }
    }

    @Override
    public void attribute(String path, String name, H5Attribute value) throws IOException {
        boolean text = value.type() == H5Type.STRING;
        synchronized (NativeLibrary.LOCK) {
            try (BytePointer objectPath = NativeLibrary.utf8(path.isEmpty() ? "/" : path);
                    BytePointer attributeName = NativeLibrary.utf8(name);
                    NativeId object = NativeId.of(H5Oopen(file, objectPath, NativeLibrary.DEFAULT));
                    NativeId type = text ? NativeTypes.text(value.form(), AttributeSize.element(value))
                            : NativeTypes.numeric(value.type());
                    NativeId space = space(value.shape());
                    NativeId id = NativeId.of(H5Acreate2(object.id(), attributeName, type.id(), space.id(),
                            NativeLibrary.DEFAULT, NativeLibrary.DEFAULT))) {
                elements(value, id.id(), type.id());
            }
        }
    }

    private static void elements(H5Attribute value, long id, long type) throws IOException {
        if (value.values().isEmpty()) {
            return;
        }
        if (value.form() == Form.UTF8 || value.form() == Form.ASCII) {
            NativeStrings.write(value.strings(), pointers -> H5Awrite(id, type, pointers));
            return;
        }
        ByteBuffer bytes = Messages.block(AttributeSize.of(value));
        Messages.putPlain(value, bytes);
        try (BytePointer pointer = NativeTransfer.of(bytes.clear())) {
            NativeLibrary.check(H5Awrite(id, type, (Pointer) pointer));
        }
    }

    @Override
    public void finish() throws IOException {
        synchronized (NativeLibrary.LOCK) {
            long finished = file;
            NativeLibrary.check(H5Fflush(finished, H5F_SCOPE_LOCAL));
            file = NONE;
            NativeLibrary.check(H5Fclose(finished));
        }
    }

    /**
     * A file that is given up is cut to nothing first: on a full disk, closing would fail for the content that the
     * library still holds, and it would crash over it when the process ends.
     */
    @Override
    public void close() {
        synchronized (NativeLibrary.LOCK) {
            if (file != NONE) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                } catch (IOException e) {
                    LOGGER.log(System.Logger.Level.DEBUG, "can't cut a file that is given up", e);
                }
                H5Fclose(file);
                file = NONE;
            }
        }
    }
}
