package dev.keratin.io.keras;

import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Elements;
import dev.keratin.io.hdf5.H5Dataset;
import dev.keratin.io.hdf5.H5Reader;
import dev.keratin.io.hdf5.H5Type;
import dev.keratin.models.Model;
import dev.keratin.optimizers.Optimizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads the variables of a model as Keras 3 writes them: checks and reads all, and only then assigns. */
final class WeightsReader {
    private static final System.Logger LOG = System.getLogger(WeightsReader.class.getName());

    private final H5Reader in;
    private final String source;
    private final Map<Variable, ByteBuffer> read = new LinkedHashMap<>();

    private WeightsReader(H5Reader in, String source) {
        this.in = in;
        this.source = source;
    }

    static void read(Model model, H5Reader in, String source) throws IOException {
        WeightsReader reader = new WeightsReader(in, source);
        Map<String, WeightPaths.Entry> entries = WeightPaths.of(model);
        reader.requireNothingElse(entries);
        for (var entry : entries.entrySet()) {
            reader.read(entry.getKey(), entry.getValue());
        }
        reader.readOptimizer(model);
        reader.read.forEach(Variable::assign);
    }

    private void read(String path, WeightPaths.Entry entry) throws IOException {
        List<Variable> variables = entry.variables();
        int stored = count(path);
        if (entry.seed() && stored == 0) {
            return;
        }
        if (stored != variables.size()) {
            throw mismatch(path, entry, variables.size() + " variables " + variables.stream().map(Variable::type).toList(),
                    stored + " data sets");
        }
        for (int i = 0; i < variables.size(); i++) {
            read(path + "/" + i, entry, variables.get(i));
        }
    }

    private void read(String path, WeightPaths.Entry entry, Variable variable) throws IOException {
        H5Dataset dataset = in.dataset(path);
        Shape shape = Shape.of(dataset.shape());
        if (!shape.equals(variable.shape()) || dataset.type() == H5Type.STRING) {
            throw mismatch(path, entry, "\"" + variable.name() + "\" of shape " + variable.shape(),
                    dataset.type() + " of shape " + shape);
        }
        read.put(variable, convert(in.read(path), dataset.type(), variable));
    }

    private void readOptimizer(Model model) throws IOException {
        Optimizer optimizer = model.optimizerOrNull();
        int stored = count(WeightPaths.OPTIMIZER);
        if (optimizer == null || stored == 0) {
            return;
        }
        optimizer.build(model.trainableVariables());
        WeightPaths.Entry entry = WeightPaths.optimizer(model);
        if (entry == null || entry.variables().size() != stored) {
            LOG.log(System.Logger.Level.WARNING, "{0}: the state of {1} was left as it is: {2} variables are required."
                    + " Received: {3}. Compile with the optimizer the file was written with.", source, optimizer,
                    optimizer.variables().size(), stored);
            return;
        }
        read(WeightPaths.OPTIMIZER, entry);
    }

    /** A file of a larger model is refused: weights that nobody takes would go unnoticed. */
    private void requireNothingElse(Map<String, WeightPaths.Entry> entries) throws IOException {
        TreeSet<String> groups = new TreeSet<>();
        entries.keySet().forEach(path -> addParents(path, groups));
        TreeSet<String> unknown = new TreeSet<>();
        for (String group : groups) {
            for (String child : in.isGroup(group) ? in.names(group) : List.<String>of()) {
                String path = group.isEmpty() ? child : group + "/" + child;
                boolean random = child.startsWith("seed_generator");
                if (!groups.contains(path) && !random && !path.equals("optimizer") && count(path + "/vars") > 0) {
                    unknown.add(path);
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(source + ": weights of this architecture are required. Received: weights for "
                    + unknown + ", which the model does not have. It has "
                    + entries.keySet().stream().filter(path -> !path.equals("vars")).toList() + ".");
        }
    }

    /** Adds the groups around a {@code vars} group, the root as the empty path. */
    private static void addParents(String path, TreeSet<String> groups) {
        for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            groups.add(path.substring(0, end));
        }
        groups.add("");
    }

    private int count(String path) throws IOException {
        return in.isGroup(path) ? (int) in.names(path).stream().filter(name -> name.matches("\\d+")).count() : 0;
    }

    private IllegalArgumentException mismatch(String path, WeightPaths.Entry entry, String required, String received) {
        return new IllegalArgumentException(source + ", " + path + ": " + required + " is required for " + entry.owner()
                + ". Received: " + received + ". The file is for another architecture.");
    }

    /** The elements of a data set in the type of a variable. */
    static ByteBuffer convert(ByteBuffer bytes, H5Type type, Variable variable) {
        DType target = variable.dtype();
        if (type.name().equals(target.name())) {
            return bytes;
        }
        int count = (int) variable.shape().size();
        ByteBuffer result = ByteBuffer.allocate(count * target.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            if (type == H5Type.UINT32) {
                Elements.writeLong(result, i, target, source.getInt(4 * i) & 0xffffffffL);
            } else if (type == H5Type.INT64 || type == H5Type.UINT64) {
                Elements.writeLong(result, i, target, source.getLong(8 * i));
            } else {
                Elements.write(result, i, target, number(source, i, type));
            }
        }
        return result;
    }

    private static double number(ByteBuffer source, int index, H5Type type) {
        return switch (type) {
            case INT16 -> source.getShort(2 * index);
            case UINT16 -> source.getShort(2 * index) & 0xffff;
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64, INT8, UINT8, INT32, BOOL ->
                    Elements.read(source, index, DType.valueOf(type.name()));
            case UINT32, INT64, UINT64, STRING -> throw new IllegalStateException(type.toString());
        };
    }
}
