package dev.keratin.layers;

import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.constraints.Constraint;
import dev.keratin.regularizers.Regularizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The variables of one layer, and the view of them together with those of its parts. */
final class Weights {
    enum Kind { ALL, TRAINABLE, NON_TRAINABLE }

    private final Layer owner;
    private final List<Variable> trainable = new ArrayList<>();
    private final List<Variable> frozen = new ArrayList<>();
    private final List<Variable> states = new ArrayList<>();
    private final Map<Variable, Regularizer> regularizers = new LinkedHashMap<>();

    Weights(Layer owner) {
        this.owner = owner;
    }

    Variable add(WeightSpec spec) {
        if (!spec.shape().isStatic()) {
            throw new IllegalArgumentException(owner.who() + ": a known length is required for every axis of the weight \""
                    + spec.name() + "\". Received: " + spec.shape() + ". Give the input layer a full shape.");
        }
        DType dtype = spec.dtype() != null ? spec.dtype() : owner.variableDType();
        Variable variable = new Variable(new TensorType(dtype, spec.shape()),
                spec.initializer().bytes(spec.shape(), dtype), spec.trainable() && owner.isTrainable(), spec.name());
        (spec.trainable() ? trainable : frozen).add(variable);
        Regularizer regularizer = spec.regularizer();
        if (regularizer != null) {
            regularizers.put(variable, regularizer);
        }
        Constraint constraint = spec.constraint();
        if (constraint != null) {
            variable.setConstraint(constraint::call);
        }
        return variable;
    }

    /** Lists a trainable weight of a part as this layer's, too, before those that follow. */
    void share(Variable weight) {
        trainable.add(weight);
    }

    Variable addState(Variable state) {
        state.setTrainable(false);
        states.add(state);
        return state;
    }

    List<Variable> own() {
        return Stream.concat(trainable.stream(), frozen.stream()).toList();
    }

    List<Variable> states() {
        return Collections.unmodifiableList(states);
    }

    void setTrainable(boolean value) {
        trainable.forEach(variable -> variable.setTrainable(value));
    }

    List<Variable> collect(Kind kind) {
        Set<Variable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Variable> all = new ArrayList<>();
        collect(kind, seen, all);
        return Collections.unmodifiableList(all);
    }

    /** Replaces all elements, those of the parts included, if everything fits. */
    void assign(List<? extends Tensor> values) {
        List<Variable> all = collect(Kind.ALL);
        List<TensorType> required = all.stream().map(Variable::type).toList();
        List<TensorType> received = values.stream().map(Tensor::type).toList();
        if (!required.equals(received)) {
            throw new IllegalArgumentException(owner.who() + ", setWeights: values for " + all + " are required. Received: "
                    + received + ". Build both models, and take the values of one with the same layers.");
        }
        for (int i = 0; i < all.size(); i++) {
            all.get(i).assign(values.get(i));
        }
    }

    private void collect(Kind kind, Set<Variable> seen, List<Variable> all) {
        for (Variable variable : own()) {
            boolean trains = variable.isTrainable();
            boolean wanted = kind == Kind.ALL || trains == (kind == Kind.TRAINABLE);
            if (wanted && seen.add(variable)) {
                all.add(variable);
            }
        }
        owner.layers().forEach(layer -> layer.weightStore().collect(kind, seen, all));
    }

    List<Tensor> regularizationLosses() {
        Map<Variable, Regularizer> all = new IdentityHashMap<>();
        List<Tensor> losses = new ArrayList<>();
        regularizationLosses(all, losses);
        return losses;
    }

    private void regularizationLosses(Map<Variable, Regularizer> seen, List<Tensor> losses) {
        regularizers.forEach((variable, regularizer) -> {
            if (seen.put(variable, regularizer) == null && variable.isTrainable()) {
                losses.add(regularizer.call(variable.value()));
            }
        });
        owner.layers().forEach(layer -> layer.weightStore().regularizationLosses(seen, losses));
    }

    /** Checks that an axis that a weight's shape depends on is known. */
    static long knownLength(Layer layer, Shape shape, int axis) {
        long length = shape.dim(axis);
        if (length == Shape.UNKNOWN) {
            throw new IllegalArgumentException(layer.who() + ": a known length is required on axis " + axis
                    + " of the input. Received: " + shape + ". Give the input layer a full shape.");
        }
        return length;
    }
}
