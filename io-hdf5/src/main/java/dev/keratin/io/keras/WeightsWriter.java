package dev.keratin.io.keras;

import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.io.hdf5.H5Attribute;
import dev.keratin.io.hdf5.H5Exception;
import dev.keratin.io.hdf5.H5Type;
import dev.keratin.io.hdf5.H5Writer;
import dev.keratin.models.Model;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the variables of a model as Keras 3 does. */
final class WeightsWriter {
    private final H5Writer out;

    private WeightsWriter(H5Writer out) {
        this.out = out;
    }

    static void write(Model model, H5Writer out) throws IOException {
        WeightsWriter writer = new WeightsWriter(out);
        Map<String, WeightPaths.Entry> groups = new LinkedHashMap<>(WeightPaths.of(model));
        groups.putAll(WeightPaths.optimizers(model));
        for (var group : groups.entrySet()) {
            writer.write(group.getKey(), group.getValue());
        }
    }

    private void write(String path, WeightPaths.Entry entry) throws H5Exception, IOException {
        out.group(path);
        out.attribute(path, "name", H5Attribute.utf8(entry.name()));
        for (int i = 0; i < entry.variables().size(); i++) {
            Variable variable = entry.variables().get(i);
            ByteBuffer bytes = variable.value().toBytes();
            out.dataset(path + "/" + i, entry.seed() ? H5Type.UINT32 : type(variable.dtype()), variable.shape().dims(),
                    entry.seed() ? Seeds.narrow(bytes) : bytes);
        }
    }

    private static H5Type type(DType dtype) {
        return H5Type.valueOf(dtype.name());
    }

    /** The state of a random generator: int64 here, uint32 in files. */
    static final class Seeds {
        private Seeds() {}

        static ByteBuffer narrow(ByteBuffer longs) {
            int count = longs.remaining() / Long.BYTES;
            ByteBuffer ints = ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                ints.putInt((int) longs.getLong(longs.position() + i * Long.BYTES));
            }
            return ints.flip().order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
