package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Elements;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Writes a concrete tensor for people: its type and, when long, the first and last elements of each axis. */
final class TensorText {
    private static final int EDGE = 3;
    private static final long SHOWN_WHOLE = 100;
    private static final MathContext DIGITS = new MathContext(4);

    private final Shape shape;
    private final DType dtype;
    private final ByteBuffer bytes;
    private final boolean cut;
    private final StringBuilder text = new StringBuilder();

    private TensorText(EagerTensor tensor) {
        shape = tensor.shape();
        dtype = tensor.dtype();
        bytes = tensor.read();
        cut = shape.size() > SHOWN_WHOLE;
    }

    static String of(EagerTensor tensor) {
        TensorText writer = new TensorText(tensor);
        writer.write(0, 0);
        return "Tensor(" + tensor.type() + ", " + writer.text + ")";
    }

    private void write(int axis, int offset) {
        if (axis == shape.rank()) {
            text.append(element(offset));
            return;
        }
        int length = (int) shape.dim(axis);
        int step = (int) shape.subShape(axis + 1, shape.rank()).size();
        text.append('[');
        for (int i = 0; i < length; i++) {
            if (cut && length > 2 * EDGE && i == EDGE) {
                text.append(", ...");
                i = length - EDGE;
            }
            text.append(i == 0 ? "" : ", ");
            write(axis + 1, offset + i * step);
        }
        text.append(']');
    }

    private String element(int index) {
        if (dtype == DType.BOOL) {
            return Boolean.toString(bytes.get(index) != 0);
        }
        if (!dtype.isFloating()) {
            return Long.toString(Elements.readLong(bytes, index, dtype));
        }
        double value = Elements.read(bytes, index, dtype);
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        double size = Math.abs(value);
        if (size >= 1e-4 && size < 0.1) {
            return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
        }
        return String.format(Locale.ROOT, size >= 0.1 && size < 1e7 ? "%.4f" : "%.4e", value);
    }
}
