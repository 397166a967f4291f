package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.cudnnCreateTensorDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnDestroyTensorDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnGetRNNWeightParams;
import static org.bytedeco.cuda.global.cudnn.cudnnGetRNNWeightSpaceSize;
import static org.bytedeco.cuda.global.cudnn.cudnnGetTensorNdDescriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** Asks cuDNN where it wants the weights of a recurrent layer. */
final class WeightPlaces {
    /** Stands for the start of the block, which isn't touched. */
    private static final long START = 1L << 32;
    private static final int AXES = 3;

    private final RecurrentLibrary layer;
    private final long bytes;

    WeightPlaces(RecurrentLibrary layer) {
        this.layer = layer;
        try (SizeTPointer size = new SizeTPointer(1)) {
            layer.check(cudnnGetRNNWeightSpaceSize(layer.library().handle(), layer.network(), size), "cudnnGetRNNWeightSpaceSize");
            this.bytes = size.get();
        }
    }

    /** A matrix and the bias beside it. */
    private record Part(RecurrentWeights.Matrix matrix, long bias) {}

    /** Empty if the matrices of the gates are not laid out alike. */
    Optional<RecurrentWeights> find() {
        List<Part> kernels = parts(0);
        List<Part> recurrents = parts(order().length);
        if (!areAlike(kernels) || !areAlike(recurrents)) {
            return Optional.empty();
        }
        return Optional.of(new RecurrentWeights(bytes, matrices(kernels), matrices(recurrents), biases(kernels), biases(recurrents)));
    }

    /** The library's number of each gate: i, f, g, o of an LSTM, and r, z, n of a GRU. */
    private int[] order() {
        return layer.layer().cell() == Recurrence.Cell.LSTM ? new int[] {0, 1, 2, 3} : new int[] {1, 0, 2};
    }

    private List<Part> parts(int first) {
        List<Part> parts = new ArrayList<>();
        for (int gate : order()) {
            parts.add(part(first + gate));
        }
        return parts;
    }

    private Part part(int number) {
        cudnnTensorStruct matrix = new cudnnTensorStruct();
        cudnnTensorStruct bias = new cudnnTensorStruct();
        layer.check(cudnnCreateTensorDescriptor(matrix), "cudnnCreateTensorDescriptor");
        layer.check(cudnnCreateTensorDescriptor(bias), "cudnnCreateTensorDescriptor");
        try (PointerPointer<Pointer> matrixAt = new PointerPointer<>(1); PointerPointer<Pointer> biasAt = new PointerPointer<>(1)) {
            layer.check(cudnnGetRNNWeightParams(layer.library().handle(), layer.network(), 0, bytes, new Address().to(START), number,
                    matrix, matrixAt, bias, biasAt), "cudnnGetRNNWeightParams");
            int[] strides = new int[AXES];
            layer.check(cudnnGetTensorNdDescriptor(matrix, AXES, new int[1], new int[1], new int[AXES], strides),
                    "cudnnGetTensorNdDescriptor");
            return new Part(new RecurrentWeights.Matrix(element(matrixAt), strides[1], strides[2]), element(biasAt));
        } finally {
            cudnnDestroyTensorDescriptor(matrix);
            cudnnDestroyTensorDescriptor(bias);
        }
    }

    private long element(PointerPointer<Pointer> place) {
        return (place.get(0).address() - START) / layer.layer().dtype().byteSize();
    }

    private static boolean areAlike(List<Part> parts) {
        RecurrentWeights.Matrix first = parts.get(0).matrix();
        return parts.stream().map(Part::matrix)
                .allMatch(matrix -> matrix.rows() == first.rows() && matrix.columns() == first.columns());
    }

    private static List<RecurrentWeights.Matrix> matrices(List<Part> parts) {
        return parts.stream().map(Part::matrix).toList();
    }

    private static List<Long> biases(List<Part> parts) {
        return parts.stream().map(Part::bias).toList();
    }
}
