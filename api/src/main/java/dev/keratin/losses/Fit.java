package dev.keratin.losses;

import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Whether targets can belong to predictions, judged by their types. */
final class Fit {
    private Fit() {}

    /** Shapes that Keras would bring to the same rank and broadcast. */
    static void broadcastable(String who, TensorType yTrue, TensorType yPred) {
        int more = yTrue.shape().rank() - yPred.shape().rank();
        boolean column = more == 1 && yTrue.shape().dim(-1) == 1 || more == -1 && yPred.shape().dim(-1) == 1;
        if (more != 0 && !column || !broadcasts(yTrue.shape(), yPred.shape(), more)) {
            String hint = more == 0 || column ? "They differ in the length of an axis"
                    : "They differ by " + Math.abs(more) + (Math.abs(more) == 1 ? " axis" : " axes");
            throw new IllegalArgumentException(who + ": targets of the shape of the predictions are required."
                    + received(yTrue, yPred) + " " + hint + ": reshape the targets or change the last layer's outputs.");
        }
    }

    private static boolean broadcasts(Shape yTrue, Shape yPred, int more) {
        Shape a = more == 1 ? yTrue.remove(-1) : yTrue;
        Shape b = more == -1 ? yPred.remove(-1) : yPred;
        for (int axis = 0; axis < a.rank() && a.rank() == b.rank(); axis++) {
            if (a.dim(axis) != b.dim(axis) && a.dim(axis) != 1 && b.dim(axis) != 1) {
                return false;
            }
        }
        return a.rank() == b.rank();
    }

    /** One number for each class, one of which is 1. */
    static void oneHot(String who, String sparse, TensorType yTrue, TensorType yPred) {
        Shape labels = yTrue.shape();
        Shape outputs = yPred.shape();
        if (labels.equals(outputs)) {
            return;
        }
        boolean indices = outputs.rank() > 0 && (labels.equals(outputs.remove(-1)) || labels.equals(outputs.with(-1, 1)));
        String hint = !indices ? " Give one row of " + (outputs.rank() == 0 ? 1 : outputs.dim(-1)) + " numbers per sample."
                : " These look like class indices: use " + sparse + ", or make them one-hot with Ops.oneHot(labels, "
                        + outputs.dim(-1) + ").";
        throw new IllegalArgumentException(who + ": one-hot targets of the shape of the predictions are required."
                + received(yTrue, yPred) + hint);
    }

    /** One index for each row of outputs, along the given axis. */
    static void indices(String who, String dense, TensorType yTrue, TensorType yPred, int axis) {
        Shape labels = yTrue.shape();
        Shape outputs = yPred.shape();
        if (outputs.rank() > 0 && (labels.equals(outputs.remove(axis)) || labels.equals(outputs.with(axis, 1)))) {
            return;
        }
        String hint = labels.equals(outputs)
                ? " These look like one-hot targets: use " + dense + ", or take their indices with Ops.argmax(y, " + axis + ")."
                : " Give one class index for each row of outputs.";
        throw new IllegalArgumentException(who + ": class indices of the shape of the predictions without axis " + axis
                + " are required." + received(yTrue, yPred) + hint);
    }

    /** Concrete labels from 0 to one less than the number of classes, or the ignored one. */
    static void inRange(String who, Tensor labels, TensorType yPred, long classes, @Nullable Integer ignored) {
        ByteBuffer bytes = labels.toBytes();
        for (int i = 0; i < labels.size(); i++) {
            double label = Elements.read(bytes, i, labels.dtype());
            boolean counts = ignored == null || label != ignored;
            if (counts && !(label >= 0 && label < classes)) {
                throw new IllegalArgumentException(who + ": labels from 0 to " + (classes - 1) + " are required for " + classes
                        + " outputs. Received: " + number(label) + " at index " + i + "." + received(labels.type(), yPred)
                        + " Give the last layer one output per class, or count classes from 0.");
            }
        }
    }

    private static String number(double label) {
        return label == Math.rint(label) ? Long.toString((long) label) : Double.toString(label);
    }

    static String received(TensorType yTrue, TensorType yPred) {
        return " Received: yTrue=" + yTrue + ", yPred=" + yPred + ".";
    }
}
