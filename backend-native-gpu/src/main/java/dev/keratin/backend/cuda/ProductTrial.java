package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.LongConsumer;

/**
 * Tries what a library does beside a product, since each of its algorithms may differ: whether relu and gelu leave NaN as it is,
 * which libraries don't say, and whether gelu, its gradient and the sums of an operand are right. Without memory for a trial a
 * call is not used.
 */
final class ProductTrial {
    private static final byte NAN = (byte) 0xff;
    /** What is summed: sums of it are exact in every type, for up to 65504 * 256 terms in float16. */
    private static final double TERM = 1 / 256.0;
    /** Of the result: one of 16 bits is rounded. */
    private static final double TOLERANCE = 0.01;

    private final TrialRoom room;
    private final Fallbacks fallbacks;

    /** In a room for trials; what fails is told. */
    ProductTrial(TrialRoom room, Fallbacks fallbacks) {
        this.room = room;
        this.fallbacks = fallbacks;
    }

    /** Whether a call does what is asked of it, as far as it is tried; not if the library refuses it only when it runs. */
    boolean accepts(LibraryCall call, Product product) {
        Optional<String> failure = fallbacks.cause(() -> failure(call, product));
        failure.ifPresent(cause -> fallbacks.tell("MatMul with " + text(product) + " is not one call of cuBLASLt", product, cause));
        return failure.isEmpty();
    }

    private static String text(Product product) {
        return product.form() == ProductForm.PLAIN ? product.epilogue().toString() : product.form().toString();
    }

    private Optional<String> failure(LibraryCall call, Product product) {
        Optional<String> wrong = product.form() == ProductForm.PLAIN ? Optional.empty() : wrong(call, product);
        return wrong.isPresent() || !product.isBent() ? wrong : lostNan(call, product);
    }

    private Optional<String> wrong(LibraryCall call, Product product) {
        double expected = expected(product);
        return failure(lastOf(call, product, place -> fillWithTerms(place, product)),
                last -> Math.abs(last - expected) <= TOLERANCE * expected, TrialRoom.WRONG);
    }

    private Optional<String> lostNan(LibraryCall call, Product product) {
        return failure(lastOf(call, product, place -> room.fill(place, NAN, operandBytes(product))), Double::isNaN,
                "the library makes a number of NaN.");
    }

    private static Optional<String> failure(OptionalDouble last, DoublePredicate good, String otherwise) {
        String cause = last.isEmpty() ? TrialRoom.NO_MEMORY : otherwise;
        return last.isPresent() && good.test(last.getAsDouble()) ? Optional.empty() : Optional.of(cause);
    }

    /** What is computed of terms. */
    private static double expected(Product product) {
        double sum = product.k() * TERM * TERM;
        return switch (product.form()) {
            case PLAIN -> sum;
            case SUMS -> product.k() * TERM;
            case GELU, GELU_KEPT -> Gelu.value(sum + (product.epilogue().bias() ? TERM : 0));
            case GELU_GRADIENT -> sum * Gelu.slope(TERM);
        };
    }

    /** The last element of c, or of the sums beside it, after one run on operands that lie in one place; empty without memory. */
    private OptionalDouble lastOf(LibraryCall call, Product product, LongConsumer operands) {
        long result = Code.aligned(product.resultBytes());
        long results = product.results() * result;
        long place = room.allocate(operandBytes(product) + results + call.scratchBytes());
        if (place == 0) {
            return OptionalDouble.empty();
        }
        try {
            operands.accept(place);
            room.fill(place + operandBytes(product), (byte) 0, results);
            long[] addresses = addresses(product, place, place + operandBytes(product), result);
            call.run(addresses, place + operandBytes(product) + results);
            long start = addresses[product.operands() + (product.form() == ProductForm.SUMS ? 1 : 0)];
            return OptionalDouble.of(read(start + (length(product) - 1) * product.result().byteSize(), product.result()));
        } finally {
            room.free(place);
        }
    }

    private static long operandBytes(Product product) {
        return Code.aligned(product.operandBytes());
    }

    /** How many elements c, or the sums beside it, have. */
    private static long length(Product product) {
        return product.form() == ProductForm.SUMS ? product.n() : product.batch() * product.m() * product.n();
    }

    private double read(long place, DType dtype) {
        ByteBuffer element = ByteBuffer.allocate(dtype.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        room.read(place, element);
        return Elements.read(element, 0, dtype);
    }

    private void fillWithTerms(long place, Product product) {
        ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < Integer.BYTES / product.dtype().byteSize(); i++) {
            Elements.write(word, i, product.dtype(), TERM);
        }
        room.fillWords(place, word.getInt(0), operandBytes(product) / Integer.BYTES);
    }

    private static long[] addresses(Product product, long operand, long result, long resultBytes) {
        long[] addresses = new long[product.operands() + product.results()];
        Arrays.fill(addresses, operand);
        for (int i = 0; i < product.results(); i++) {
            addresses[product.operands() + i] = result + i * resultBytes;
        }
        return addresses;
    }
}
