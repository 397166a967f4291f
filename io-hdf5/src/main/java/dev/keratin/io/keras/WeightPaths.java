package dev.keratin.io.keras;

import dev.keratin.Variable;
import dev.keratin.config.Names;
import dev.keratin.layers.Layer;
import dev.keratin.models.Model;
import dev.keratin.optimizers.LossScaleOptimizer;
import dev.keratin.optimizers.Optimizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Keras 3 keeps the variables of a model in a {@code .weights.h5} file: each object has a group {@code vars} with
 * data sets {@code 0}, {@code 1}, ...; its path consists of attribute names, and in lists of class names in snake case,
 * numbered from the second on.
 */
final class WeightPaths {
    /** Where the optimizer's variables stand. */
    static final String OPTIMIZER = "optimizer/vars";

    /**
     * What stands in one {@code vars} group.
     *
     * @param owner for messages, such as {@code Dense "fc1"}
     * @param name the object's name, kept as an attribute
     * @param variables in the order of the data sets
     * @param seed whether this is the state of a random generator, which Keras keeps as uint32
     */
    record Entry(String owner, String name, List<Variable> variables, boolean seed) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<Layer> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    private WeightPaths() {}

    /** The groups of all layers, by path; parents first. */
    static Map<String, Entry> of(Model model) {
        WeightPaths paths = new WeightPaths();
        paths.visit(model, "");
        return paths.entries;
    }

    /** The group of the optimizer; null if there is none or it has no state yet. */
    static @Nullable Entry optimizer(Model model) {
        Optimizer optimizer = model.optimizerOrNull();
        return optimizer == null || !optimizer.isBuilt() ? null
                : new Entry(optimizer.toString(), optimizer.name(), optimizer.variables(), false);
    }

    /** The groups of the optimizer, by path: its own and, within a loss scale's, that of the one inside, whose variables both have. */
    static Map<String, Entry> optimizers(Model model) {
        Map<String, Entry> groups = new LinkedHashMap<>();
        Entry outer = optimizer(model);
        if (outer != null) {
            groups.put(OPTIMIZER, outer);
        }
        if (outer != null && model.optimizer() instanceof LossScaleOptimizer) {
            Optimizer inner = ((LossScaleOptimizer) model.optimizer()).innerOptimizer();
            groups.put("optimizer/inner_optimizer/vars", new Entry(inner.toString(), inner.name(), inner.variables(), false));
        }
        return groups;
    }

    private void visit(Layer layer, String path) {
        if (!visited.add(layer)) {
            return;
        }
        entries.put(path + "vars", new Entry(layer.who(), layer.name(), layer.ownWeights(), false));
        List<Variable> states = layer.ownStates();
        for (int i = 0; i < states.size(); i++) {
            String attribute = i == 0 ? "seed_generator" : "seed_generator_" + i;
            entries.put(path + attribute + "/vars", new Entry(layer.who(), attribute, List.of(states.get(i)), true));
        }
        layer.children().forEach((attribute, child) -> {
            if (child instanceof Layer) {
                visit((Layer) child, path + attribute + "/");
            } else {
                visitAll((Collection<?>) child, path + attribute + "/");
            }
        });
    }

    private void visitAll(Collection<?> layers, String path) {
        Map<String, Integer> uses = new HashMap<>();
        for (Object each : new ArrayList<>(layers)) {
            Layer layer = (Layer) each;
            String key = Names.snakeCase(layer.className());
            int use = uses.merge(key, 1, Integer::sum) - 1;
            visit(layer, path + key + (use == 0 ? "" : "_" + use) + "/");
        }
    }
}
