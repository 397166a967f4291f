package dev.keratin.models.callbacks;

import dev.keratin.Variable;
import dev.keratin.metrics.Metric;
import dev.keratin.optimizers.Optimizer;
import java.nio.file.Path;
import java.util.List;

/** What callbacks see of a model that is being trained. */
public interface TrainedModel {
    /** Its name. */
    String name();

    /** What changes its weights. */
    Optimizer optimizer();

    /** All weights. */
    List<Variable> weights();

    /** What is reported beside the loss; those compiled by name are there from the first batch on. */
    List<Metric> metrics();

    /** Whether its weights have been made. */
    boolean isBuilt();

    /** Makes the training that begins start with an epoch, counted from 0; for {@link Callback#onTrainBegin}. */
    void startFromEpoch(int epoch);

    /** Makes training end after the current batch. */
    void stopTraining();

    /** Writes the whole model to a file. */
    void save(Path file);

    /** Writes the weights to a file. */
    void saveWeights(Path file);

    /** Reads what {@link #saveWeights} has written, with the optimizer's state. */
    void loadWeights(Path file);
}
