package dev.keratin.models.callbacks;

import dev.keratin.Variable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stops training when the loss is not a number or infinite, with weights and optimizer as they were before that batch:
 * Keras leaves them as the batch made them. It keeps a copy of them for that, renewed before every batch.
 *
 * @see <a href="https://keras.io/api/callbacks/terminate_on_nan/">Keras: TerminateOnNaN</a>
 */
public final class TerminateOnNaN extends Callback {
    private final Map<Variable, Variable> copies = new IdentityHashMap<>();
    private boolean raiseError;

    /** Stops without an exception. */
    public TerminateOnNaN() {}

    /** Whether an {@link ArithmeticException} is thrown instead; false by default. */
    public TerminateOnNaN raiseError(boolean raise) {
        raiseError = raise;
        return this;
    }

    @Override
    public void onTrainBatchBegin(int batch) {
        List<Variable> state = new ArrayList<>(model().weights());
        state.addAll(model().optimizer().variables());
        state.forEach(variable -> copies.computeIfAbsent(variable, TerminateOnNaN::copy).assign(variable.value()));
    }

    private static Variable copy(Variable of) {
        return new Variable(of.type(), of.value().toBytes(), false, of.name() + "_before");
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        forget();
    }

    private void forget() {
        copies.values().forEach(Variable::close);
        copies.clear();
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        Double loss = logs.get("loss");
        if (loss != null && (loss.isNaN() || loss.isInfinite())) {
            copies.forEach((variable, copy) -> variable.assign(copy.value()));
            forget();
            String message = "TerminateOnNaN: a finite loss is required. Received: " + loss + " in batch " + batch
                    + ". Lower the learning rate, clip gradients (clipnorm) or look for bad values in the data.";
            if (raiseError) {
                throw new ArithmeticException(message);
            }
            System.out.println("\nBatch " + batch + ": Invalid loss, terminating training. " + message);
            model().stopTraining();
        }
    }
}
