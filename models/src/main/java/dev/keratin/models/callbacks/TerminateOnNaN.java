package dev.keratin.models.callbacks;

import java.util.Map;

/**
 * Stops training when the loss is not a number or infinite.
 *
 * @see <a href="https://keras.io/api/callbacks/terminate_on_nan/">Keras: TerminateOnNaN</a>
 */
public final class TerminateOnNaN extends Callback {
    private boolean raiseError;

    /** Stops without an exception. */
    public TerminateOnNaN() {}

    /** Whether an {@link ArithmeticException} is thrown instead; false by default. */
    public TerminateOnNaN raiseError(boolean raise) {
        raiseError = raise;
        return this;
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        Double loss = logs.get("loss");
        if (loss != null && (loss.isNaN() || loss.isInfinite())) {
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
