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

    /** Makes training end after the current batch. */
    void stopTraining();

    /** Writes the whole model to a file. */
    void save(Path file);

    /** Writes the weights to a file. */
    void saveWeights(Path file);
}
