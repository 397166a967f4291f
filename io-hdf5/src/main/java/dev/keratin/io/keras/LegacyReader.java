package dev.keratin.io.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.io.hdf5.H5Attribute;
import dev.keratin.io.hdf5.H5Dataset;
import dev.keratin.io.hdf5.H5Exception;
import dev.keratin.io.hdf5.H5Reader;
import dev.keratin.io.hdf5.H5Type;
import dev.keratin.io.hdf5.SplitAttribute;
import dev.keratin.layers.Layer;
import dev.keratin.models.Model;
import dev.keratin.optimizers.Optimizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the HDF5 layout of Keras before 3: whole models, and weights alone. Layers with weights are matched by position,
 * as Keras does; nothing is assigned before all is checked.
 */
final class LegacyReader {
    static final String CONFIG = "model_config";
    static final String TRAINING = "training_config";
    static final String WEIGHTS = "model_weights";
    static final String OPTIMIZER = "optimizer_weights";
    static final String LAYERS = "layer_names";
    static final String NAMES = "weight_names";

    private static final System.Logger LOG = System.getLogger(LegacyReader.class.getName());

    private final H5Reader in;
    private final String source;
    private final Map<Variable, ByteBuffer> read = new LinkedHashMap<>();

    private LegacyReader(H5Reader in, String source) {
        this.in = in;
        this.source = source;
    }

    /** The order in which such files hold the weights of a layer; it depends on what is frozen. */
    static List<Variable> weights(Layer layer) {
        return Stream.concat(layer.trainableVariables().stream(), layer.nonTrainableVariables().stream()).toList();
    }

    /** Whether a file has this layout rather than that of Keras 3. */
    static boolean accepts(H5Reader in) throws H5Exception {
        return in.isGroup(WEIGHTS) || SplitAttribute.read(in, "", LAYERS).isPresent();
    }

    static Model load(H5Reader in, Path file) throws IOException {
        Model model = Configurations.model(file, CONFIG, json(in, file, CONFIG));
        if (in.attribute("", TRAINING).isPresent()) {
            ObjectNode training = (ObjectNode) json(in, file, TRAINING);
            JsonNode optimizer = training.remove("optimizer_config");
            training.set("optimizer", optimizer);
            Configurations.compile(file, model, training);
        }
        readWeights(model, in, file.toString());
        return model;
    }

    private static JsonNode json(H5Reader in, Path file, String name) throws H5Exception {
        H5Attribute text = in.attribute("", name).orElseThrow(() -> new H5Exception(H5Exception.file(file),
                "a whole model with an attribute " + name + " is required", "a file without", "If it holds weights only, make"
                + " the model and call loadWeights"));
        if (!text.isText() || text.strings().size() != 1) {
            throw new H5Exception(H5Exception.file(file), name + " must be a string", text.type() + " " + text.shape(),
                    "Save it again");
        }
        return Configurations.parse(file, name, text.string().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the weights into a model that is built, and the optimizer's state if it is compiled and the file has it. */
    static void readWeights(Model model, H5Reader in, String source) throws IOException {
        LegacyReader reader = new LegacyReader(in, source);
        reader.readLayers(model, in.isGroup(WEIGHTS) ? WEIGHTS : "");
        reader.readOptimizer(model);
        reader.read.forEach(Variable::assign);
    }

    private void readLayers(Model model, String root) throws IOException {
        List<String> stored = new ArrayList<>();
        for (String name : SplitAttribute.read(in, root, LAYERS).orElse(List.of())) {
            if (!names(join(root, name)).isEmpty()) {
                stored.add(name);
            }
        }
        List<Layer> layers = model.layers().stream().filter(layer -> !layer.weights().isEmpty()).toList();
        if (stored.size() != layers.size()) {
            throw new IllegalArgumentException(source + ": weights of " + layers.size() + " layers are required for "
                    + model.who() + ". Received: " + stored.size() + " " + stored + ". The file is for another architecture.");
        }
        for (int i = 0; i < layers.size(); i++) {
            readGroup(join(root, stored.get(i)), layers.get(i).who(), weights(layers.get(i)));
        }
    }

    private void readOptimizer(Model model) throws IOException {
        Optimizer optimizer = model.optimizerOrNull();
        if (optimizer == null || !in.isGroup(OPTIMIZER)) {
            return;
        }
        optimizer.build(model.trainableVariables());
        int stored = names(OPTIMIZER).size();
        if (stored != optimizer.variables().size()) {
            LOG.log(System.Logger.Level.WARNING, "{0}: the state of {1} was left as it is: {2} variables are required."
                    + " Received: {3}. Compile with the optimizer the file was written with.", source, optimizer,
                    optimizer.variables().size(), stored);
            return;
        }
        readGroup(OPTIMIZER, optimizer.toString(), optimizer.variables());
    }

    private void readGroup(String group, String owner, List<Variable> variables) throws IOException {
        List<String> names = names(group);
        if (names.size() != variables.size()) {
            throw mismatch(group, owner, variables.size() + " variables " + variables.stream().map(Variable::type).toList(),
                    names.size() + " data sets " + names);
        }
        for (int i = 0; i < names.size(); i++) {
            String path = group + "/" + names.get(i);
            Variable variable = variables.get(i);
            H5Dataset dataset = in.dataset(path);
            if (!Shape.of(dataset.shape()).equals(variable.shape()) || dataset.type() == H5Type.STRING) {
                throw mismatch(path, owner, "\"" + variable.name() + "\" of shape " + variable.shape(),
                        dataset.type() + " of shape " + dataset.shape());
            }
            read.put(variable, WeightsReader.convert(in.read(path), dataset.type(), variable));
        }
    }

    private List<String> names(String group) throws H5Exception {
        return in.isGroup(group) ? SplitAttribute.read(in, group, NAMES).orElse(List.of()) : List.of();
    }

    private static String join(String root, String name) {
        return root.isEmpty() ? name : root + "/" + name;
    }

    private IllegalArgumentException mismatch(String path, String owner, String required, String received) {
        return new IllegalArgumentException(source + ", " + path + ": " + required + " is required for " + owner
                + ". Received: " + received + ". The file is for another architecture.");
    }
}
