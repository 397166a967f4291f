package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Steps along the orthogonal matrix that is nearest to the momentum, for variables with two axes; all others, embeddings
 * and what is excluded go the way of {@link AdamW}.
 *
 * <pre>{@code
 * m = m * momentum + g
 * o = orthogonal(nesterov ? g + momentum * m : m)            nsSteps iterations of Newton and Schulz
 * w = w - rate * o * sqrt(max(rows, columns)) * rmsRate
 * }</pre>
 *
 * <p>Weight decay: 0.004 unless set, and 0.004 of its own for the variables that go Adam's way.
 *
 * @see <a href="https://keras.io/api/optimizers/muon/">Keras: Muon</a>
 * @see <a href="https://arxiv.org/abs/2502.16982">Liu et al., 2025</a>
 */
public final class Muon extends BaseOptimizer<Muon> {
    private static final String MOMENTUM = "momentum";
    private static final String VELOCITY = "velocity";
    private static final double WEIGHT_DECAY = 0.004;
    private static final double NORM_EPSILON = 1e-7;

    private double adamBeta1 = 0.9;
    private double adamBeta2 = 0.999;
    private @Nullable Double adamWeightDecay = WEIGHT_DECAY;
    private double epsilon = 1e-7;
    private List<String> excludeLayers = List.of();
    private boolean excludeEmbeddings = true;
    private double muonA = 3.4445;
    private double muonB = -4.7750;
    private double muonC = 2.0315;
    private double adamLrRatio = 1;
    private double momentum = 0.95;
    private int nsSteps = 5;
    private boolean nesterov = true;
    private @Nullable Double rmsRate = 0.2;

    /** With a learning rate of 0.001. */
    public Muon() {
        this(0.001);
    }

    /** With a learning rate. */
    public Muon(double learningRate) {
        super(learningRate);
        weightDecay(WEIGHT_DECAY);
    }

    /** With a learning rate that follows a schedule. */
    public Muon(LearningRateSchedule schedule) {
        super(schedule);
        weightDecay(WEIGHT_DECAY);
    }

    static Muon from(ObjectNode config) {
        return new Muon().configure(config);
    }

    /** Adam's share of the old mean of gradients. Default: 0.9. */
    public Muon adamBeta1(double newAdamBeta1) {
        adamBeta1 = newAdamBeta1;
        return this;
    }

    /** Adam's share of the old mean of squared gradients. Default: 0.999. */
    public Muon adamBeta2(double newAdamBeta2) {
        adamBeta2 = newAdamBeta2;
        return this;
    }

    /** The weight decay of the variables that go Adam's way. Default: 0.004. */
    public Muon adamWeightDecay(double newAdamWeightDecay) {
        adamWeightDecay = newAdamWeightDecay;
        return this;
    }

    /** Keeps Adam's division finite; beside the square root, not under it. Default: 1e-7. */
    public Muon epsilon(double newEpsilon) {
        epsilon = newEpsilon;
        return this;
    }

    /** Regular expressions; variables in whose names one is found go Adam's way. Default: none. */
    public Muon excludeLayers(String... patterns) {
        requireUnbuilt("excludeLayers");
        excludeLayers = List.of(patterns);
        return this;
    }

    /** Whether variables with "embedding" in their names go Adam's way. Default: true. */
    public Muon excludeEmbeddings(boolean newExcludeEmbeddings) {
        requireUnbuilt("excludeEmbeddings");
        excludeEmbeddings = newExcludeEmbeddings;
        return this;
    }

    /** The coefficients of the iteration {@code x -> a x + (b x x' + c (x x')^2) x}. Default: 3.4445, -4.775, 2.0315. */
    public Muon coefficients(double newMuonA, double newMuonB, double newMuonC) {
        muonA = newMuonA;
        muonB = newMuonB;
        muonC = newMuonC;
        return this;
    }

    /** The share of the learning rate for the variables that go Adam's way. Default: 1. */
    public Muon adamLrRatio(double newAdamLrRatio) {
        adamLrRatio = newAdamLrRatio;
        return this;
    }

    /** The share of the old momentum that is kept. Default: 0.95. */
    public Muon momentum(double newMomentum) {
        momentum = newMomentum;
        return this;
    }

    /** The number of iterations of Newton and Schulz. Default: 5. */
    public Muon nsSteps(int newNsSteps) {
        nsSteps = newNsSteps;
        return this;
    }

    /** Whether momentum looks ahead as Nesterov's does. Default: true. */
    public Muon nesterov(boolean newNesterov) {
        nesterov = newNesterov;
        return this;
    }

    /** The size of changes relative to those of Adam; null leaves them as they are. Default: 0.2. */
    public Muon rmsRate(@Nullable Double newRmsRate) {
        rmsRate = newRmsRate;
        return this;
    }

    @Override
    protected Muon configure(ObjectNode config) {
        adamBeta1 = Json.number(config, "adam_beta_1", adamBeta1);
        adamBeta2 = Json.number(config, "adam_beta_2", adamBeta2);
        adamWeightDecay = config.has("adam_weight_decay") ? Json.number(config, "adam_weight_decay") : adamWeightDecay;
        epsilon = Json.number(config, "epsilon", epsilon);
        List<String> patterns = new ArrayList<>();
        if (config.hasNonNull("exclude_layers")) {
            config.get("exclude_layers").forEach(each -> patterns.add(each.asText()));
        }
        excludeLayers = List.copyOf(patterns);
        excludeEmbeddings = Json.bool(config, "exclude_embeddings", excludeEmbeddings);
        coefficients(Json.number(config, "muon_a", muonA), Json.number(config, "muon_b", muonB),
                Json.number(config, "muon_c", muonC));
        adamLrRatio = Json.number(config, "adam_lr_ratio", adamLrRatio);
        momentum = Json.number(config, MOMENTUM, momentum);
        nsSteps = Json.integer(config, "ns_steps", nsSteps);
        nesterov = Json.bool(config, "nesterov", nesterov);
        rmsRate = config.has("rms_rate") ? Json.number(config, "rms_rate") : rmsRate;
        return super.configure(config);
    }

    private boolean goesAdamsWay(Variable variable) {
        return variable.shape().rank() != 2
                || excludeEmbeddings && variable.name().toLowerCase(Locale.ROOT).contains("embedding")
                || excludeLayers.stream().anyMatch(pattern -> Pattern.compile(pattern).matcher(variable.name()).find());
    }

    @Override
    protected @Nullable Double weightDecayOf(Variable variable) {
        return goesAdamsWay(variable) ? adamWeightDecay : super.weightDecayOf(variable);
    }

    @Override
    protected void addSlots(Slots slots) {
        for (Variable variable : slots.trainable()) {
            slots.add(variable, MOMENTUM, 0);
            if (goesAdamsWay(variable)) {
                slots.add(variable, VELOCITY, 0);
            }
        }
    }

    @Override
    protected Tensor update(Update u) {
        return u.hasSlot(VELOCITY) ? adam(u) : muon(u);
    }

    private Tensor muon(Update u) {
        Tensor m = u.slot(MOMENTUM);
        m = u.set(MOMENTUM, Ops.add(m, Ops.add(u.gradient(), Ops.multiply(m, momentum - 1))));
        Tensor direction = nesterov ? Ops.add(u.gradient(), Ops.multiply(momentum, m)) : m;
        Tensor change = Ops.multiply(u.learningRate(), orthogonal(direction));
        if (rmsRate != null) {
            long longer = Math.max(u.variable().shape().dim(0), u.variable().shape().dim(1));
            change = Ops.multiply(Ops.multiply(change, Math.sqrt(longer)), rmsRate);
        }
        return Ops.subtract(u.value(), change);
    }

    private Tensor adam(Update u) {
        Tensor g = u.gradient();
        Tensor rate = Ops.multiply(u.learningRate(), adamLrRatio);
        Tensor bias1 = u.biasCorrection(adamBeta1);
        Tensor bias2 = u.biasCorrection(adamBeta2);
        Tensor alpha = Ops.divide(Ops.multiply(rate, Ops.sqrt(bias2)), bias1);
        Tensor m = u.move(MOMENTUM, g, 1 - adamBeta1);
        Tensor v = u.move(VELOCITY, Ops.square(g), 1 - adamBeta2);
        return Ops.subtract(u.value(), Ops.divide(Ops.multiply(m, alpha), Ops.add(Ops.sqrt(v), epsilon)));
    }

    /** Brings the singular values of a matrix near 1. */
    private Tensor orthogonal(Tensor matrix) {
        boolean tall = matrix.shape().dim(0) > matrix.shape().dim(1);
        Tensor x = tall ? Ops.transpose(matrix) : matrix;
        x = Ops.divide(x, Ops.add(Ops.norm(x), NORM_EPSILON));
        for (int i = 0; i < nsSteps; i++) {
            Tensor square = Ops.matmul(x, Ops.transpose(x));
            Tensor polynomial = Ops.add(Ops.multiply(muonB, square),
                    Ops.matmul(Ops.multiply(muonC, square), square));
            x = Ops.add(Ops.multiply(muonA, x), Ops.matmul(polynomial, x));
        }
        return tall ? Ops.transpose(x) : x;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("adam_beta_1", adamBeta1).put("adam_beta_2", adamBeta2)
                .put("epsilon", epsilon);
        ArrayNode patterns = config.putArray("exclude_layers");
        excludeLayers.forEach(patterns::add);
        config.put("muon_a", muonA).put("muon_b", muonB).put("muon_c", muonC);
        if (adamLrRatio == 1) {
            config.put("adam_lr_ratio", 1);
        } else {
            config.put("adam_lr_ratio", adamLrRatio);
        }
        return config.put(MOMENTUM, momentum).put("ns_steps", nsSteps).put("nesterov", nesterov)
                .put("exclude_embeddings", excludeEmbeddings).put("adam_weight_decay", adamWeightDecay)
                .put("rms_rate", rmsRate);
    }
}
