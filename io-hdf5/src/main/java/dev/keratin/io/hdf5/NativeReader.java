package dev.keratin.io.hdf5;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.hdf5.H5L_info2_t;
import org.bytedeco.hdf5.H5L_iterate2_t;
import org.bytedeco.hdf5.H5O_info2_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** The reader of {@link H5Engine#NATIVE}. */
final class NativeReader implements ReadEngine {
    private static final long IMAGE_INCREMENT = 1 << 16;

    /** The kind of an object and its identity within the file. */
    private record Known(Kind kind, H5O_info2_t info) {}

    private final String name;
    private final long file;
    private final long size;
    private final Map<String, Known> known = new HashMap<>();

    private NativeReader(String name, long file, long size) {
        this.name = name;
        this.file = file;
        this.size = size;
    }

    static NativeReader open(Path path) throws H5Exception {
        return guarded(path.toString(), () -> {
            try (NativeId access = access(); BytePointer text = NativeLibrary.utf8(path.toString())) {
                NativeLibrary.check(H5Pset_file_locking(access.id(), false, true));
                long file = NativeLibrary.check(H5Fopen(text, H5F_ACC_RDONLY, access.id()));
                return new NativeReader(path.toString(), file, Files.size(path));
            }
        });
    }

    /** The library copies the image, so that it outlives the buffer's other uses. */
    static NativeReader open(String name, ByteBuffer image) throws H5Exception {
        return guarded(name, () -> {
            try (NativeId access = access(); BytePointer bytes = NativeTransfer.of(image);
                    BytePointer text = NativeLibrary.utf8(name)) {
                NativeLibrary.check(H5Pset_fapl_core(access.id(), IMAGE_INCREMENT, false));
                NativeLibrary.check(H5Pset_file_image(access.id(), bytes, image.remaining()));
                long file = NativeLibrary.check(H5Fopen(text, H5F_ACC_RDONLY, access.id()));
                return new NativeReader(name, file, image.remaining());
            }
        });
    }

    private static NativeId access() throws IOException {
        NativeId access = NativeId.of(H5Pcreate(H5P_CLS_FILE_ACCESS_ID_g()));
        NativeLibrary.check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG));
        return access;
    }

    @FunctionalInterface
    private interface Work<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private <T extends @Nullable Object> T guarded(Work<T> work) throws H5Exception {
        return guarded(name, work);
    }

    private static <T extends @Nullable Object> T guarded(String name, Work<T> work) throws H5Exception {
        synchronized (NativeLibrary.LOCK) {
            try {
                return work.run();
            } catch (H5Exception e) {
                throw e;
            } catch (IOException e) {
                throw new H5Exception(H5Exception.file(name), "the file must be undamaged HDF5 of the kind Keras writes",
                        e.getMessage(), "Get it again from where it came from", e);
            }
        }
    }

    @Override
    public Kind kind(String path) throws H5Exception {
        return guarded(() -> {
            Known found = find(path);
            return found == null ? Kind.MISSING : found.kind;
        });
    }

    private @Nullable Known find(String path) throws IOException {
        Known found = known.get(path);
        if (found == null && (path.isEmpty() || isLinked(path))) {
            found = look(path);
            refuseDetour(path, found.info);
            known.put(path, found);
        }
        return found;
    }

    private boolean isLinked(String path) throws IOException {
        Known parent = find(H5Path.parent(path));
        if (parent == null || parent.kind != Kind.GROUP) {
            return false;
        }
        try (BytePointer text = NativeLibrary.utf8(path); H5L_info2_t link = new H5L_info2_t()) {
            if (NativeLibrary.check(H5Lexists(file, text, NativeLibrary.DEFAULT)) == 0) {
                return false;
            }
            NativeLibrary.check(H5Lget_info2(file, text, link, NativeLibrary.DEFAULT));
            if (link.type() != H5L_TYPE_HARD) {
                throw detour("a soft or external link at " + H5Path.show(path));
            }
            return true;
        }
    }

    private Known look(String path) throws IOException {
        try (NativeId object = object(path)) {
            H5O_info2_t info = new H5O_info2_t();
            NativeLibrary.check(H5Oget_info3(object.id(), info, H5O_INFO_BASIC | H5O_INFO_NUM_ATTRS));
            int type = H5Iget_type(object.id());
            Kind kind = type == H5I_GROUP ? Kind.GROUP : type == H5I_DATASET ? Kind.DATASET : Kind.OTHER;
            return new Known(kind, info);
        }
    }

    private void refuseDetour(String path, H5O_info2_t info) throws IOException {
        String around = path;
        while (!around.isEmpty()) {
            around = H5Path.parent(around);
            try (IntPointer order = new IntPointer(1)) {
                NativeLibrary.check(H5Otoken_cmp(file, get(around).info.token(), info.token(), order));
                if (order.get() == 0) {
                    throw detour("a link at " + H5Path.show(path) + " back to " + H5Path.show(around));
                }
            }
        }
    }

    private H5Exception detour(String what) {
        return new H5Exception(H5Exception.file(name), "the file must hold all its data itself, each object in its group",
                what, "Keras refuses such a file too; check where it comes from");
    }

    private Known get(String path) throws IOException {
        Known found = find(path);
        if (found == null) {
            throw new IllegalStateException("NativeReader: the object must exist. Received: " + H5Path.show(path)
                    + ". Ask kind() first.");
        }
        return found;
    }

    private NativeId object(String path) throws IOException {
        try (BytePointer text = NativeLibrary.utf8(path.isEmpty() ? "/" : path)) {
            return NativeId.of(H5Oopen(file, text, NativeLibrary.DEFAULT));
        }
    }

    @Override
    public List<String> names(String group) throws H5Exception {
        return guarded(() -> {
            List<String> names = new ArrayList<>();
            try (NativeId object = object(group); H5L_iterate2_t visit = new H5L_iterate2_t() {
                @Override
                public int call(long id, BytePointer name, H5L_info2_t info, Pointer data) {
                    names.add(name.getString(StandardCharsets.UTF_8));
                    return 0;
                }
            }) {
                NativeLibrary.check(H5Literate2(object.id(), H5_INDEX_NAME, H5_ITER_INC, (LongPointer) null, visit, null));
            }
            names.sort(H5Path.ORDER);
            return names;
        });
    }

    @Override
    public List<String> attributeNames(String path) throws H5Exception {
        return guarded(() -> {
            try (NativeId object = object(path); BytePointer self = NativeLibrary.utf8(".")) {
                List<String> names = new ArrayList<>();
                for (long i = 0; i < get(path).info.num_attrs(); i++) {
                    names.add(attributeName(object.id(), self, i));
                }
                names.sort(H5Path.ORDER);
                return names;
            }
        });
    }

    private static String attributeName(long object, BytePointer self, long index) throws IOException {
        long length = NativeLibrary.check(
                H5Aget_name_by_idx(object, self, H5_INDEX_NAME, H5_ITER_INC, index, (BytePointer) null, 0, 0)) + 1;
        try (BytePointer buffer = new BytePointer(length)) {
            NativeLibrary.check(H5Aget_name_by_idx(object, self, H5_INDEX_NAME, H5_ITER_INC, index, buffer, length, 0));
            byte[] bytes = new byte[(int) length];
            buffer.get(bytes);
            return Fields.text(bytes);
        }
    }

    @Override
    public @Nullable H5Attribute attribute(String path, String attribute) throws H5Exception {
        return guarded(() -> {
            try (NativeId object = object(path); BytePointer text = NativeLibrary.utf8(attribute)) {
                if (NativeLibrary.check(H5Aexists(object.id(), text)) == 0) {
                    return null;
                }
                try (NativeId id = NativeId.of(H5Aopen(object.id(), text, NativeLibrary.DEFAULT));
                        NativeId type = NativeId.of(H5Aget_type(id.id()));
                        NativeId space = NativeId.of(H5Aget_space(id.id()))) {
                    return value(id.id(), type.id(), space.id());
                }
            }
        });
    }

    private static H5Attribute value(long id, long type, long space) throws IOException {
        Datatype datatype = NativeTypes.describe(type);
        List<Long> shape = shape(space);
        if (datatype.opaque()) {
            throw new IOException("an attribute of opaque elements, which Keras doesn't use");
        }
        List<?> values = Dims.elements(shape) == 0 ? List.of()
                : elements(datatype, Math.toIntExact(Dims.elements(shape)), type, space,
                        memory -> H5Aread(id, memory.type, memory.bytes));
        return new H5Attribute(datatype.type(), shape, datatype.form(), values);
    }

    /** Memory to read into, with its type. */
    private record Memory(long type, Pointer bytes) {}

    @FunctionalInterface
    private interface Read {
        int into(Memory memory);
    }

    /** All elements of an attribute, or of a dataset of strings. */
    private static List<?> elements(Datatype datatype, int count, long type, long space, Read read) throws IOException {
        if (datatype.isVariable()) {
            return NativeStrings.read(count, type, space, pointers -> read.into(new Memory(type, pointers)));
        }
        boolean text = datatype.type() == H5Type.STRING;
        try (NativeId memory = text ? NativeId.of(H5Tcopy(type)) : NativeTypes.memory(type, datatype.type());
                BytePointer bytes = new BytePointer((long) count * datatype.size())) {
            NativeLibrary.check(read.into(new Memory(memory.id(), bytes)));
            byte[] raw = new byte[count * datatype.size()];
            bytes.get(raw);
            return Elements.plain(datatype, raw);
        }
    }

    private static List<Long> shape(long space) throws IOException {
        if (NativeLibrary.check(H5Sget_simple_extent_type(space)) == H5S_NULL) {
            return List.of(0L);
        }
        int rank = (int) NativeLibrary.check(H5Sget_simple_extent_ndims(space));
        long[] dims = new long[rank];
        NativeLibrary.check(H5Sget_simple_extent_dims(space, dims, (long[]) null));
        return Dims.list(dims);
    }

    @Override
    public H5Dataset dataset(String path) throws H5Exception {
        return guarded(() -> {
            try (NativeId id = object(path); NativeId type = NativeId.of(H5Dget_type(id.id()));
                    NativeId space = NativeId.of(H5Dget_space(id.id()))) {
                Datatype datatype = NativeTypes.describe(type.id());
                if (datatype.opaque() && !H5Dataset.isBfloat16(attribute(path, "dtype"))) {
                    throw new IOException(H5Path.show(path) + " of opaque elements without dtype=\"bfloat16\"");
                }
                List<Long> shape = shape(space.id());
                requirePlausible(path, shape, datatype.size());
                requireInternal(path, id.id());
                return new H5Dataset(path, datatype.type(), shape);
            }
        });
    }

    private void requirePlausible(String path, List<Long> shape, int elementSize) throws IOException {
        if (Dims.bytes(shape, elementSize) > Fields.expansionLimit(size)) {
            throw new IOException(H5Path.show(path) + " of shape " + shape + " in a file of " + size + " bytes");
        }
    }

    private void requireInternal(String path, long id) throws IOException {
        try (NativeId creation = NativeId.of(H5Dget_create_plist(id))) {
            if (H5Pget_external_count(creation.id()) > 0 || H5Pget_layout(creation.id()) == H5D_VIRTUAL) {
                throw detour("data of " + H5Path.show(path) + " in another file or dataset");
            }
        }
    }

    @Override
    public void read(H5Dataset dataset, long first, ByteBuffer target) throws H5Exception {
        guarded(() -> {
            try (NativeId id = object(dataset.path()); NativeId stored = NativeId.of(H5Dget_type(id.id()));
                    NativeId space = NativeId.of(H5Dget_space(id.id()));
                    NativeId memory = NativeTypes.memory(stored.id(), dataset.type());
                    BytePointer bytes = NativeTransfer.of(target)) {
                NativeTransfer.move(dataset, space.id(), first, bytes, (memorySpace, fileSpace, at) ->
                        H5Dread(id.id(), memory.id(), memorySpace, fileSpace, NativeLibrary.DEFAULT, at));
                if (target.isDirect()) {
                    target.position(target.limit());
                } else {
                    target.put(bytes.asByteBuffer());
                }
                return null;
            }
        });
    }

    @Override
    public List<String> strings(H5Dataset dataset) throws H5Exception {
        return guarded(() -> {
            try (NativeId id = object(dataset.path()); NativeId type = NativeId.of(H5Dget_type(id.id()));
                    NativeId space = NativeId.of(H5Dget_space(id.id()))) {
                List<String> strings = new ArrayList<>();
                int count = Math.toIntExact(dataset.elements());
                if (count > 0) {
                    elements(NativeTypes.describe(type.id()), count, type.id(), space.id(), memory -> H5Dread(
                            id.id(), memory.type, 0, 0, 0, memory.bytes)).forEach(value -> strings.add((String) value));
                }
                return strings;
            }
        });
    }

    @Override
    public void close() {
        synchronized (NativeLibrary.LOCK) {
            known.values().forEach(object -> object.info.close());
            H5Fclose(file);
        }
    }
}
