package dev.keratin.io.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.config.Configurable;
import dev.keratin.config.Json;
import dev.keratin.config.Names;
import dev.keratin.config.Registry;
import dev.keratin.io.hdf5.H5Attribute;
import dev.keratin.io.hdf5.H5Type;
import dev.keratin.io.hdf5.H5Writer;
import dev.keratin.io.hdf5.SplitAttribute;
import dev.keratin.layers.Layer;
import dev.keratin.losses.Losses;
import dev.keratin.metrics.Metrics;
import dev.keratin.models.Model;
import dev.keratin.models.training.Compilation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes whole models in the HDF5 layout of Keras before 3, which Keras 3 still reads. */
final class LegacyWriter {
    private final H5Writer out;

    private LegacyWriter(H5Writer out) {
        this.out = out;
    }

    static void write(Model model, H5Writer out) throws IOException {
        ObjectNode config = ArchiveWriter.config(model);
        config.remove("compile_config");
        out.attribute("", "backend", H5Attribute.utf8("tensorflow"));
        out.attribute("", "keras_version", H5Attribute.utf8(ArchiveWriter.KERAS_VERSION));
        out.attribute("", LegacyReader.CONFIG, H5Attribute.ascii(Json.written(config)));
        LegacyWriter writer = new LegacyWriter(out);
        writer.writeLayers(model);
        Compilation compilation = model.compilationOrNull();
        if (compilation != null) {
            out.attribute("", LegacyReader.TRAINING, H5Attribute.ascii(training(compilation).toString()));
            writer.writeOptimizer(model);
        }
    }

    private void writeLayers(Model model) throws IOException {
        String root = LegacyReader.WEIGHTS;
        out.group(root);
        out.attribute(root, "backend", H5Attribute.ascii("tensorflow"));
        out.attribute(root, "keras_version", H5Attribute.ascii(ArchiveWriter.KERAS_VERSION));
        SplitAttribute.write(out, root, LegacyReader.LAYERS, model.layers().stream().map(Layer::name).toList());
        for (Layer layer : model.layers()) {
            write(root + "/" + layer.name(), layer.name(), LegacyReader.weights(layer));
        }
        write(root + "/top_level_model_weights", model.name(), model.ownWeights());
    }

    private void writeOptimizer(Model model) throws IOException {
        WeightPaths.Entry optimizer = WeightPaths.optimizer(model);
        if (optimizer != null) {
            write(LegacyReader.OPTIMIZER, optimizer.name(), optimizer.variables());
        }
    }

    private void write(String group, String prefix, List<Variable> variables) throws IOException {
        List<String> names = new ArrayList<>();
        for (Variable variable : variables) {
            String base = prefix + "/" + variable.name().replace('/', '_');
            String name = base;
            for (int i = 1; names.contains(name); i++) {
                name = base + "_" + i;
            }
            names.add(name);
        }
        out.group(group);
        SplitAttribute.write(out, group, LegacyReader.NAMES, names);
        for (int i = 0; i < names.size(); i++) {
            write(group + "/" + names.get(i), variables.get(i));
        }
    }

    /** Keras can't read bfloat16 from such files, so that becomes float32. */
    private void write(String path, Variable variable) throws IOException {
        ByteBuffer bytes = variable.value().toBytes();
        if (variable.dtype() != DType.BFLOAT16) {
            out.dataset(path, H5Type.valueOf(variable.dtype().name()), variable.shape().dims(), bytes);
            return;
        }
        ByteBuffer halves = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer floats = ByteBuffer.allocate(2 * halves.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (halves.hasRemaining()) {
            floats.putInt(halves.getShort() << 16);
        }
        out.dataset(path, H5Type.FLOAT32, variable.shape().dims(), floats.flip());
    }

    private static ObjectNode training(Compilation compilation) {
        ObjectNode config = compilation.config();
        config.set("loss", fullNames(config.get("loss"), Losses.registry()));
        config.set("metrics", fullNames(config.get("metrics"), Metrics.registry()));
        config.set("weighted_metrics", fullNames(config.get("weighted_metrics"), Metrics.registry()));
        ObjectNode optimizer = (ObjectNode) config.remove("optimizer");
        config.set("optimizer_config", optimizer);
        return config;
    }

    /** Keras fails to read abbreviations such as "mse" from these files. */
    private static JsonNode fullNames(JsonNode node, Registry<? extends Configurable> registry) {
        if (node.isTextual() && registry.names().contains(node.asText())) {
            String full = Names.snakeCase(registry.get(node.asText()).className());
            return Json.object().textNode(registry.names().contains(full) ? full : node.asText());
        } else if (node.isArray()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            node.forEach(each -> array.add(fullNames(each, registry)));
            return array;
        } else if (node.isObject() && !node.has("class_name")) {
            ObjectNode object = Json.object();
            node.fields().forEachRemaining(each -> object.set(each.getKey(), fullNames(each.getValue(), registry)));
            return object;
        }
        return node;
    }
}
