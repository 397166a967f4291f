package dev.keratin.models.training;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.Trace;
import dev.keratin.Variable;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Executable;
import dev.keratin.data.Batch;
import dev.keratin.layers.CallContext;
import dev.keratin.layers.Layer;
import dev.keratin.losses.Loss;
import dev.keratin.metrics.Metric;
import dev.keratin.models.callbacks.TrainedModel;
import dev.keratin.optimizers.Optimizer;
import dev.keratin.profile.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer that can be compiled, fitted and evaluated: the training half of a model.
 *
 * <p>Each step is traced and compiled once for each signature of batches and then run as one program that updates the
 * weights in place. {@link #trainStep}, {@link #testStep} and {@link #predictStep} can be overridden; they are traced,
 * too, unless the model is compiled with {@code runEagerly(true)}.
 *
 * <p>{@code predict} may be called from several threads at once, everything else from one at a time.
 *
 * @see <a href="https://keras.io/api/models/model_training_apis/">Keras: model training</a>
 */
public abstract class Trainer extends Layer implements TrainedModel {
    private @Nullable Compiled compiled;
    private final Predictor predictor = new Predictor(this);
    private volatile boolean stopRequested;
    private int firstEpoch;

    /** A model that is not compiled yet. */
    protected Trainer() {}

    /** What {@code compile} sets up. */
    private final class Compiled {
        private final Compilation compilation;
        private final Optimizer optimizer;
        private final CompiledLoss loss;
        private final CompiledMetrics metrics;
        private final StepFunction train;
        private final StepFunction test;
        private @Nullable List<Variable> trained;

        Compiled(Compilation compilation) {
            this.compilation = compilation;
            this.optimizer = compilation.optimizerFor(dtypePolicy());
            List<String> outputs = outputNames().isEmpty() ? List.of("output") : outputNames();
            loss = new CompiledLoss(compilation, outputs);
            metrics = new CompiledMetrics(compilation, outputs);
            train = new StepFunction(batch -> trainStep(batch), compilation.runsEagerly());
            test = new StepFunction(batch -> testStep(batch), compilation.runsEagerly());
        }

        List<Metric> allMetrics() {
            List<Metric> all = new ArrayList<>(loss.metrics());
            all.addAll(metrics.metrics());
            return all;
        }

        /** What this compilation trains, with the optimizer's state for it: settled when the first step is taken. */
        List<Variable> trained() {
            List<Variable> known = trained;
            if (known == null) {
                known = trainableVariables();
                compilation.optimizer().build(known);
                trained = known;
            }
            return known;
        }

        void close() {
            train.close();
            test.close();
        }
    }

    /** The names of the inputs by which maps of data are read; none if the model has no named ones. */
    protected List<String> inputNames() {
        return List.of();
    }

    /** The names of the outputs, which losses and logs of models with several outputs use. */
    protected List<String> outputNames() {
        return List.of();
    }

    // ---- compile

    /**
     * Sets up training. Under the dtype policy {@code "mixed_float16"} the optimizer is wrapped in a
     * {@link dev.keratin.optimizers.LossScaleOptimizer}.
     *
     * @param optimizer an {@link Optimizer} or a name such as {@code "adam"}
     * @param loss a {@link Loss}, a name such as {@code "mse"}, or for several outputs a list or map
     * @param metrics {@link Metric} objects or names such as {@code "accuracy"}
     * @throws IllegalArgumentException if a name is unknown; the message says which may have been meant
     */
    public final void compile(Object optimizer, Object loss, Object... metrics) {
        compile(new Compilation(optimizer, loss).metrics(metrics));
    }

    /** Sets up training with all arguments. */
    public final void compile(Compilation compilation) {
        Compiled next = new Compiled(compilation);
        Compiled old = compiled;
        if (old != null) {
            old.close();
        }
        predictor.close();
        compiled = next;
    }

    /** Whether {@code compile} has been called. */
    public final boolean isCompiled() {
        return compiled != null;
    }

    @Override
    public final Optimizer optimizer() {
        return requireCompiled("optimizer").optimizer;
    }

    /** What {@code compile} was called with, or null before. */
    public final @Nullable Compilation compilationOrNull() {
        return compiled == null ? null : compiled.compilation;
    }

    /** The optimizer, or null before {@code compile}. */
    public final @Nullable Optimizer optimizerOrNull() {
        return compiled == null ? null : compiled.optimizer;
    }

    /** The metrics that are reported, the loss first; those given by name appear with the first batch. */
    @Override
    public final List<Metric> metrics() {
        return requireCompiled("metrics").allMetrics();
    }

    /**
     * What training changes: the trainable variables at the first step after {@code compile}. Freezing or thawing layers
     * later takes effect with the next {@code compile}, as in Keras.
     */
    protected final List<Variable> trainedVariables() {
        return requireCompiled("trainedVariables").trained();
    }

    /** Sets all metrics back to their start. */
    public final void resetMetrics() {
        requireCompiled("resetMetrics").allMetrics().forEach(Metric::resetState);
    }

    // ---- steps

    /**
     * One step of training: predicts, computes the loss and its gradients, updates weights and metrics.
     *
     * @return what is reported: scalars by name
     */
    protected Map<String, Tensor> trainStep(Batch batch) {
        Tensor loss;
        List<Tensor> predictions;
        try (CallContext.Losses terms = new CallContext.Losses(); GradientTape tape = new GradientTape()) {
            predictions = call(batch.x(), true);
            loss = tape.keep(computeLoss(batch, predictions, terms.terms()));
            List<Variable> variables = trainedVariables();
            if (!variables.isEmpty()) {
                Optimizer optimizer = optimizer();
                optimizer.apply(tape.gradient(optimizer.scaleLoss(loss), variables), variables);
            }
            predictions.forEach(tape::keep);
        }
        return report(batch, predictions, loss);
    }

    /** One step of evaluation: predicts, computes the loss, updates the metrics. */
    protected Map<String, Tensor> testStep(Batch batch) {
        try (CallContext.Losses terms = new CallContext.Losses()) {
            List<Tensor> predictions = call(batch.x(), false);
            return report(batch, predictions, computeLoss(batch, predictions, terms.terms()));
        }
    }

    /** One step of prediction. */
    protected List<Tensor> predictStep(List<Tensor> x) {
        return call(x, false);
    }

    /**
     * The loss of a batch: that of {@code compile}, what layers added, and the penalties of regularizers.
     *
     * @param addedLosses the scalars that layers added while predicting
     */
    protected Tensor computeLoss(Batch batch, List<Tensor> predictions, List<Tensor> addedLosses) {
        Trace.Scope path = Trace.scope("loss");
        try {
            return totalLoss(batch, predictions, addedLosses);
        } finally {
            path.close();
        }
    }

    private Tensor totalLoss(Batch batch, List<Tensor> predictions, List<Tensor> addedLosses) {
        Tensor loss = requireCompiled("loss").loss.call(batch.y(), predictions, batch.sampleWeights());
        for (Tensor term : addedLosses) {
            loss = Ops.add(loss, Ops.cast(term, loss.dtype()));
        }
        for (Tensor penalty : regularizationLosses()) {
            loss = Ops.add(loss, Ops.cast(penalty, loss.dtype()));
        }
        return loss;
    }

    /** Updates all metrics with a batch and gives their results by name, the loss included. */
    protected final Map<String, Tensor> report(Batch batch, List<Tensor> predictions, Tensor loss) {
        Trace.Scope path = Trace.scope("metrics");
        try {
            return results(batch, predictions, loss);
        } finally {
            path.close();
        }
    }

    private Map<String, Tensor> results(Batch batch, List<Tensor> predictions, Tensor loss) {
        Compiled state = requireCompiled("report");
        state.loss.track(loss, predictions.get(0));
        state.metrics.update(batch.y(), predictions, batch.sampleWeights());
        Map<String, Tensor> logs = new LinkedHashMap<>();
        state.loss.metrics().forEach(metric -> logs.put(metric.name(), metric.result()));
        state.metrics.metrics().forEach(metric -> logs.put(state.metrics.logName(metric), metric.result()));
        return logs;
    }

    // ---- fit, evaluate, predict

    /**
     * Trains on arrays.
     *
     * @param x a {@link Tensor} or Java array with the samples along the first axis; for several inputs a list of them,
     *     or a map by the names of the inputs
     * @param y likewise the targets
     * @return the metrics of each epoch
     */
    public final History fit(Object x, Object y, FitOption... options) {
        return new Fitting(this, FitSettings.of(options)).fit(x, y);
    }

    /**
     * Trains on batches: a {@link dev.keratin.data.Dataset}, or anything that can be gone through once for each epoch. A
     * background thread prepares what comes next. Batches are closed after use, but not those of a collection.
     */
    public final History fit(Iterable<?> batches, FitOption... options) {
        return new Fitting(this, FitSettings.of(options)).fit(batches);
    }

    /** The loss and metrics on arrays, by name. */
    public final Map<String, Double> evaluate(Object x, Object y, FitOption... options) {
        return new Evaluation(this, FitSettings.of(options)).evaluate(x, y);
    }

    /** The loss and metrics on batches, by name. */
    public final Map<String, Double> evaluate(Iterable<?> batches, FitOption... options) {
        return new Evaluation(this, FitSettings.of(options)).evaluate(Inputs.batches(batches));
    }

    /** The first output for each sample. */
    public final Tensor predict(Object x, FitOption... options) {
        List<Tensor> outputs = predictAll(x, options);
        outputs.subList(1, outputs.size()).forEach(Tensor::close);
        return outputs.get(0);
    }

    /** Every output for each sample. */
    public final List<Tensor> predictAll(Object x, FitOption... options) {
        return predictor.predict(x, FitSettings.of(options));
    }

    /** One step of training on a batch; the loss and metrics since the metrics were reset last. */
    public final Map<String, Double> trainOnBatch(Object x, Object y) {
        return TensorScope.within(scope -> trainOnBatch(Batches.of(this, x, y, null)));
    }

    /** One step of training on a batch with weights of its samples. */
    public final Map<String, Double> trainOnBatch(Object x, Object y, Object sampleWeight) {
        return TensorScope.within(scope -> trainOnBatch(Batches.of(this, x, y, sampleWeight)));
    }

    /** One step of training on a batch; the loss and metrics since the metrics were reset last. */
    public final Map<String, Double> trainOnBatch(Batch batch) {
        Compiled state = requireCompiled("trainOnBatch");
        prepare(batch);
        state.trained();
        return run("train step", state.train, batch);
    }

    /** The loss and metrics on a batch, since the metrics were reset last. */
    public final Map<String, Double> testOnBatch(Object x, Object y) {
        return TensorScope.within(scope -> testOnBatch(Batches.of(this, x, y, null)));
    }

    /** The loss and metrics on a batch, since the metrics were reset last. */
    public final Map<String, Double> testOnBatch(Batch batch) {
        Compiled state = requireCompiled("testOnBatch");
        prepare(batch);
        return run("test step", state.test, batch);
    }

    private Map<String, Double> run(String name, StepFunction step, Batch batch) {
        Profile.Span span = Profile.span(name);
        try {
            return step.run(batch);
        } catch (IndexOutOfBoundsException e) {
            Targets.check(this, batch);
            throw e;
        } finally {
            span.close();
        }
    }

    /** The first output for a batch. */
    public final Tensor predictOnBatch(Object x) {
        return TensorScope.within(scope -> {
            List<Tensor> outputs = predictor.predictOnBatch(Inputs.tensors("x", x, inputNames()));
            return scope.keep(outputs.get(0));
        });
    }

    /** The program that trains on such a batch, compiled now if it was not: it explains itself. */
    public final Executable trainProgram(Batch batch) {
        Compiled state = requireCompiled("trainProgram");
        prepare(batch);
        state.trained();
        return state.train.executable(batch);
    }

    /** The program that predicts for such inputs, compiled now if it was not: it explains itself. */
    public final Executable predictProgram(List<Tensor> x) {
        return predictor.executable(x);
    }

    @Override
    public final void stopTraining() {
        stopRequested = true;
    }

    @Override
    public final void startFromEpoch(int epoch) {
        firstEpoch = epoch;
    }

    /** With which epoch the training that begins starts. */
    final int firstEpoch() {
        return firstEpoch;
    }

    final boolean isStopRequested() {
        return stopRequested;
    }

    final void clearStopRequest() {
        stopRequested = false;
    }

    /** Refuses a batch that can't be trained or tested on, before anything runs or changes; builds the model. */
    final void prepare(Batch batch) {
        if (!isBuilt()) {
            outputTypes(batch.x().stream().map(Tensor::type).toList());
        }
        checkBatch(batch.x().stream().map(Tensor::type).toList());
    }

    /** Refuses inputs of types that the model does not take. */
    final void checkBatch(List<TensorType> types) {
        checkInputs(types);
    }

    final void requireCompiledFor(String who) {
        requireCompiled(who);
    }

    final @Nullable Loss lossOf(int output) {
        return requireCompiled("loss").loss.of(output);
    }

    private Compiled requireCompiled(String who) {
        Compiled state = compiled;
        if (state == null) {
            throw new IllegalStateException(who() + ", " + who + ": a compiled model is required. Received: one that is not."
                    + " Call compile(optimizer, loss, metrics...) first.");
        }
        return state;
    }
}
