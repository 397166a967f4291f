package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_FWD_MODE_INFERENCE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_FWD_MODE_TRAINING;
import static org.bytedeco.cuda.global.cudnn.CUDNN_GRU;
import static org.bytedeco.cuda.global.cudnn.CUDNN_LINEAR_INPUT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_LSTM;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_DATA_LAYOUT_BATCH_MAJOR_UNPACKED;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_DOUBLE_BIAS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_PADDED_IO_ENABLED;
import static org.bytedeco.cuda.global.cudnn.CUDNN_UNIDIRECTIONAL;
import static org.bytedeco.cuda.global.cudnn.cudnnCreateRNNDataDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnCreateRNNDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnCreateTensorDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnDestroyRNNDataDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnDestroyRNNDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnDestroyTensorDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnGetRNNTempSpaceSizes;
import static org.bytedeco.cuda.global.cudnn.cudnnSetRNNDataDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnSetRNNDescriptor_v8;
import static org.bytedeco.cuda.global.cudnn.cudnnSetTensorNdDescriptor;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.cuda.cudnn.cudnnDropoutStruct;
import org.bytedeco.cuda.cudnn.cudnnRNNDataStruct;
import org.bytedeco.cuda.cudnn.cudnnRNNStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * The descriptors of cuDNN for a recurrent layer: one direction, a bias in both products, sequences that are all of one length
 * with the batch as the outer axis. 16-bit types are computed in float32.
 *
 * @param states of h and c
 */
record RecurrentLibrary(Recurrence layer, Cudnn library, cudnnRNNStruct network, cudnnRNNDataStruct input, cudnnRNNDataStruct output,
        cudnnTensorStruct states) {
    /**
     * How the library computes.
     *
     * @param algorithm a cudnnRNNAlgo_t
     * @param arithmetic a cudnnMathType_t
     */
    record Way(int algorithm, int arithmetic) {}

    /** Descriptors that say nothing yet; the caller destroys them. */
    static RecurrentLibrary of(Recurrence layer, Cudnn library) {
        RecurrentLibrary made = new RecurrentLibrary(layer, library, new cudnnRNNStruct(), new cudnnRNNDataStruct(),
                new cudnnRNNDataStruct(), new cudnnTensorStruct());
        made.check(cudnnCreateRNNDescriptor(made.network), "cudnnCreateRNNDescriptor");
        made.check(cudnnCreateRNNDataDescriptor(made.input), "cudnnCreateRNNDataDescriptor");
        made.check(cudnnCreateRNNDataDescriptor(made.output), "cudnnCreateRNNDataDescriptor");
        made.check(cudnnCreateTensorDescriptor(made.states), "cudnnCreateTensorDescriptor");
        return made;
    }

    /**
     * Sets the descriptors.
     *
     * @throws CudnnStatus.Unsupported if the library has nothing for the layer
     */
    RecurrentLibrary set(Way way, cudnnDropoutStruct noDropout) {
        int cell = layer.cell() == Recurrence.Cell.LSTM ? CUDNN_LSTM : CUDNN_GRU;
        check(cudnnSetRNNDescriptor_v8(network, way.algorithm(), cell, CUDNN_RNN_DOUBLE_BIAS, CUDNN_UNIDIRECTIONAL,
                CUDNN_LINEAR_INPUT, type(), CUDNN_DATA_FLOAT, way.arithmetic(), (int) layer.features(), (int) layer.units(),
                (int) layer.units(), 1, noDropout, CUDNN_RNN_PADDED_IO_ENABLED), "cudnnSetRNNDescriptor_v8");
        sequences(input, layer.features());
        sequences(output, layer.units());
        int batch = (int) layer.batch();
        int units = (int) layer.units();
        check(cudnnSetTensorNdDescriptor(states, type(), 3, new int[] {1, batch, units},
                new int[] {batch * units, units, 1}), "cudnnSetTensorNdDescriptor");
        return this;
    }

    /** When no call uses them any more. */
    void destroy() {
        check(cudnnDestroyRNNDescriptor(network), "cudnnDestroyRNNDescriptor");
        check(cudnnDestroyRNNDataDescriptor(input), "cudnnDestroyRNNDataDescriptor");
        check(cudnnDestroyRNNDataDescriptor(output), "cudnnDestroyRNNDataDescriptor");
        check(cudnnDestroyTensorDescriptor(states), "cudnnDestroyTensorDescriptor");
    }

    void check(int status, String call) {
        library.status().check(status, call);
    }

    private int type() {
        return Cudnn.type(layer.dtype());
    }

    private void sequences(cudnnRNNDataStruct descriptor, long width) {
        int[] lengths = new int[(int) layer.batch()];
        Arrays.fill(lengths, (int) layer.time());
        check(cudnnSetRNNDataDescriptor(descriptor, type(), CUDNN_RNN_DATA_LAYOUT_BATCH_MAJOR_UNPACKED, (int) layer.time(),
                (int) layer.batch(), (int) width, lengths, (Pointer) null), "cudnnSetRNNDataDescriptor");
    }

    /** Forward, in training or not. */
    int mode() {
        return layer.training() ? CUDNN_FWD_MODE_TRAINING : CUDNN_FWD_MODE_INFERENCE;
    }

    /**
     * How the layer is computed; empty if its weights are laid out in a way that isn't expected.
     *
     * @throws CudnnStatus.Unsupported if the library has nothing for the layer
     */
    Optional<RecurrentPlan> plan() {
        try (SizeTPointer scratch = new SizeTPointer(1); SizeTPointer reserve = new SizeTPointer(1)) {
            check(cudnnGetRNNTempSpaceSizes(library.handle(), network, mode(), input, scratch, reserve), "cudnnGetRNNTempSpaceSizes");
            RecurrentCalls calls = new RecurrentCalls(this, scratch.get(), reserve.get());
            return new WeightPlaces(this).find().map(weights -> calls.plan(weights));
        }
    }
}
