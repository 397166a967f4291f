package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.Trace;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An optimizer that changes each variable by a rule of its own gradient: what {@code keras.optimizers.Optimizer} is.
 *
 * <p>Subclasses say which slots they keep ({@link #addSlots}) and how a variable changes ({@link #update}). The rest, in
 * this order, is done here for all: null gradients are dropped; gradients are divided by the loss scale, accumulated and
 * clipped; weight decay subtracts {@code value * weightDecay * learningRate}; the rule is applied; moving averages are
 * updated and, if asked for, written back; constraints are applied; the iteration is counted. Each variable's update
 * consists of element-wise ops only (unless it is clipped by a norm), so it can be compiled to one kernel.
 *
 * @param <T> the class itself, which the setters return
 * @see <a href="https://keras.io/api/optimizers/">Keras: optimizers</a>
 */
public abstract class BaseOptimizer<T extends BaseOptimizer<T>> extends Optimizer {
    private static final System.Logger LOG = System.getLogger("dev.keratin.optimizers");

    private final LearningRate learningRate;
    private final Variable iterations;
    private final OptimizerOptions options = new OptimizerOptions(getClass().getSimpleName());
    private final Set<String> warned = new HashSet<>();
    private String name = OptimizerOptions.snakeCase(getClass().getSimpleName());
    private @Nullable Slots slots;
    private @Nullable MovingAverages averages;
    private @Nullable GradientAccumulator accumulator;

    /** With a learning rate that stays until it is set. */
    protected BaseOptimizer(double learningRate) {
        this(new LearningRate(learningRate));
    }

    /** With a learning rate that depends on the number of steps taken. */
    protected BaseOptimizer(LearningRateSchedule schedule) {
        this(new LearningRate(schedule));
    }

    private BaseOptimizer(LearningRate learningRate) {
        this.learningRate = learningRate;
        this.iterations = Slots.scalar("iteration", DType.INT64, 0);
    }

    // ---- what subclasses say

    /** Adds the state that is kept for each variable, in the order in which Keras files hold it. */
    protected abstract void addSlots(Slots slots);

    /**
     * The new value of a variable; slots are replaced by {@link Update#set}. Made of element-wise ops where the rule
     * allows it; called for each variable in each step that is not compiled.
     */
    protected abstract Tensor update(Update update);

    /** Called once in each step before the variables are updated, to update what belongs to all of them. */
    protected void beforeUpdates(Step step) {}

    /** The factor of weight decay for a variable; null for none. */
    protected @Nullable Double weightDecayOf(Variable variable) {
        return options.weightDecay;
    }

    /** Reads the arguments that all optimizers have from what {@link #config} gives. */
    protected T configure(ObjectNode config) {
        learningRate.read(className(), config.get("learning_rate"));
        options.read(config);
        if (config.hasNonNull("name")) {
            name = config.get("name").asText();
        }
        return self();
    }

    /**
     * Refuses to change what decides which state there is, once the state has been made.
     *
     * @throws IllegalStateException if it has
     */
    protected final void requireUnbuilt(String setting) {
        if (slots != null) {
            throw new IllegalStateException(className() + ": " + setting + " is required before the first step."
                    + " Received: a change after build(). Make a new optimizer.");
        }
    }

    /** Whether the learning rate is a schedule. */
    protected final boolean hasSchedule() {
        return learningRate.isSchedule();
    }

    // ---- settings

    /** Weight decay: each update also subtracts this times the learning rate times the value. Default: none. */
    public T weightDecay(double weightDecay) {
        options.weightDecay = weightDecay;
        return self();
    }

    /** Scales each gradient down to a norm of at most this. Default: none. Excludes the other two kinds of clipping. */
    public T clipnorm(double clipnorm) {
        options.clip(Clipping.BY_NORM, clipnorm);
        return self();
    }

    /** Brings each element of a gradient to between minus this and this. Default: none. Excludes the other two. */
    public T clipvalue(double clipvalue) {
        options.clip(Clipping.BY_VALUE, clipvalue);
        return self();
    }

    /** Scales all gradients so that their norm as one vector is at most this. Default: none. Excludes the other two. */
    public T globalClipnorm(double globalClipnorm) {
        options.clip(Clipping.BY_GLOBAL_NORM, globalClipnorm);
        return self();
    }

    /** Whether exponential moving averages of the variables are kept. Default: false. */
    public T useEma(boolean useEma) {
        requireUnbuilt("useEma");
        options.useEma = useEma;
        return self();
    }

    /** The share of the old value in a moving average, 0 to 1. Default: 0.99. */
    public T emaMomentum(double emaMomentum) {
        options.emaMomentum(emaMomentum);
        return self();
    }

    /** After how many updates the variables are replaced by their moving averages; at least 1. Default: never. */
    public T emaOverwriteFrequency(int emaOverwriteFrequency) {
        options.emaOverwriteFrequency(emaOverwriteFrequency);
        return self();
    }

    /** What the loss is multiplied by before it is differentiated, and gradients are divided by. Default: none. */
    public T lossScaleFactor(double lossScaleFactor) {
        options.lossScaleFactor = lossScaleFactor;
        return self();
    }

    /** Over how many steps gradients are averaged before one update; at least 2. Default: an update in each step. */
    public T gradientAccumulationSteps(int gradientAccumulationSteps) {
        requireUnbuilt("gradientAccumulationSteps");
        options.gradientAccumulationSteps(gradientAccumulationSteps);
        return self();
    }

    /** Exempts variables from weight decay. */
    public T excludeFromWeightDecay(List<Variable> variables) {
        requireUnbuilt("excludeFromWeightDecay");
        options.exemptions.exclude(variables, List.of());
        return self();
    }

    /** Exempts variables from weight decay in whose name one of these regular expressions is found, such as "bias". */
    public T excludeFromWeightDecay(String... names) {
        requireUnbuilt("excludeFromWeightDecay");
        options.exemptions.exclude(List.of(), List.of(names));
        return self();
    }

    /** What it is called in messages and files. Default: the class name in snake case. */
    public T name(String newName) {
        name = newName;
        return self();
    }

    @Override
    public T learningRate(double value) {
        learningRate.set(className(), value);
        return self();
    }

    @Override
    public T learningRate(LearningRateSchedule schedule) {
        learningRate.set(schedule);
        return self();
    }

    // ---- state

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final boolean isBuilt() {
        return slots != null;
    }

    @Override
    public final Variable iterations() {
        return iterations;
    }

    @Override
    public final Tensor learningRate() {
        return learningRate.at(iterations.value());
    }

    @Override
    public final List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        variables.add(iterations);
        if (learningRate.variable() != null) {
            variables.add(learningRate.variable());
        }
        if (slots != null) {
            variables.addAll(slots.all());
        }
        return List.copyOf(variables);
    }

    @Override
    public final void build(List<Variable> trainable) {
        if (slots != null) {
            return;
        }
        Slots added = new Slots(trainable);
        averages = options.useEma ? new MovingAverages(added, options) : null;
        accumulator = options.gradientAccumulationSteps > 0
                ? new GradientAccumulator(added, options.gradientAccumulationSteps) : null;
        addSlots(added);
        slots = added;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object().put("name", name);
        learningRate.write(config);
        options.write(config);
        return config;
    }

    // ---- steps

    @Override
    public final Tensor scaleLoss(Tensor loss) {
        return options.lossScaleFactor == null ? loss : Ops.multiply(loss, options.lossScaleFactor);
    }

    @Override
    public final void finalizeVariableValues(List<Variable> variables) {
        if (averages != null) {
            averages.overwrite(variables);
        }
    }

    @Override
    public final @Nullable Variable average(Variable variable) {
        return averages == null || !averages.has(variable) ? null : averages.of(variable);
    }

    static BaseOptimizer<?> requirePlain(String who, Optimizer optimizer) {
        if (optimizer instanceof BaseOptimizer<?>) {
            return (BaseOptimizer<?>) optimizer;
        }
        throw new IllegalArgumentException(who + ": an optimizer that changes variables itself is required. Received: "
                + optimizer + ". Wrap the whole instead of its parts.");
    }

    void lossScaleFactor(@Nullable Double factor) {
        options.lossScaleFactor = factor;
    }

    @Override
    final void apply(
            List<? extends @Nullable Tensor> gradients, List<Variable> variables, @Nullable Tensor condition) {
        if (gradients.isEmpty()) {
            return;
        }
        build(variables);
        GradientList given = GradientList.of(this, gradients, variables);
        given.requireKnown(slots().trainable());
        warnOf(given.missing());
        TensorScope scope = new TensorScope();
        Trace.Scope path = Trace.scope(name);
        try {
            step(given, new Gate(condition));
        } finally {
            path.close();
            scope.close();
        }
    }

    private void step(GradientList given, Gate always) {
        List<Tensor> gradients = options.unscale(given.gradients());
        Gate gate = always;
        if (accumulator != null) {
            gate = always.and(accumulator.isComplete(iterations.value()));
            gradients = accumulator.add(given.variables(), gradients, always, iterations.value());
        }
        updateAll(given.variables(), options.clip(gradients), gate);
        if (averages != null) {
            averages.update(updatesMade(), always);
        }
        for (Variable variable : given.variables()) {
            if (variable.constraint() != null) {
                always.assign(variable, variable.constraint().apply(variable.value()));
            }
        }
        always.assign(iterations, Ops.add(iterations.value(), 1));
    }

    private void updateAll(List<Variable> variables, List<Tensor> gradients, Gate gate) {
        Step step = new Step(learningRate(), updatesMade(), slots(), gate);
        beforeUpdates(step);
        for (int i = 0; i < variables.size(); i++) {
            Variable variable = variables.get(i);
            Update update = new Update(step, variable, decayed(variable, step), gradients.get(i));
            update.commit(update(update));
        }
    }

    private Tensor decayed(Variable variable, Step step) {
        Double decay = weightDecayOf(variable);
        if (decay == null || !options.exemptions.appliesTo(variable)) {
            return variable.value();
        }
        Tensor share = Ops.multiply(Ops.multiply(variable.value(), decay), step.learningRate(variable.dtype()));
        return Ops.subtract(variable.value(), share);
    }

    /** How many updates were made before this step: steps, or groups of accumulated steps. */
    private Tensor updatesMade() {
        return accumulator == null ? iterations.value() : accumulator.groups(iterations.value());
    }

    private void warnOf(List<String> missing) {
        if (!missing.isEmpty() && warned.addAll(missing)) {
            LOG.log(System.Logger.Level.WARNING, this + ": the loss does not depend on " + missing
                    + ", which stay as they are. Leave them out, or look whether the model uses them.");
        }
    }

    private Slots slots() {
        return Objects.requireNonNull(slots);
    }

    @SuppressWarnings("unchecked")
    final T self() {
        return (T) this;
    }
}
