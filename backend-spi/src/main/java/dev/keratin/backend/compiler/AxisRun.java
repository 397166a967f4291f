package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Reduce;
import java.util.ArrayList;
import java.util.List;

/** A run of neighbouring axes that are all reduced or all kept, joined to one. */
public record AxisRun(boolean reduced, long length) {
    /** The runs of a reduction, without axes of length 1; a list of the caller's. */
    public static List<AxisRun> of(Reduce reduce, Shape shape) {
        List<AxisRun> runs = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean reduced = reduce.axes().contains(axis);
            long length = shape.dim(axis);
            int last = runs.size() - 1;
            if (length != 1 && last >= 0 && runs.get(last).reduced() == reduced) {
                runs.set(last, new AxisRun(reduced, runs.get(last).length() * length));
            } else if (length != 1) {
                runs.add(new AxisRun(reduced, length));
            }
        }
        return runs;
    }
}
