package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_WGRAD_MODE_ADD;
import static org.bytedeco.cuda.global.cudnn.cudnnRNNBackwardData_v8;
import static org.bytedeco.cuda.global.cudnn.cudnnRNNBackwardWeights_v8;
import static org.bytedeco.cuda.global.cudnn.cudnnRNNForward;

import org.bytedeco.javacpp.IntPointer;

/**
 * The calls of cuDNN that compute a recurrent layer.
 *
 * @param scratchBytes working memory of each call
 */
record RecurrentCalls(RecurrentLibrary of, long scratchBytes, long reserveBytes) {
    /** Operands and results by address, as {@link RecurrentPlan} lists them. */
    @FunctionalInterface
    private interface Routine {
        void run(long[] at, Address scratch);
    }

    RecurrentPlan plan(RecurrentWeights weights) {
        long bytes = weights.bytes();
        return new RecurrentPlan(weights, reserveBytes, call((at, scratch) -> forward(at, scratch, bytes)),
                call((at, scratch) -> dataGradient(at, scratch, bytes)), call((at, scratch) -> weightGradient(at, scratch, bytes)));
    }

    private LibraryCall call(Routine routine) {
        return new LibraryCall() {
            @Override
            public long scratchBytes() {
                return scratchBytes;
            }

            @Override
            public void run(long[] addresses, long scratch) {
                routine.run(addresses, place(scratch));
            }
        };
    }

    private static Address place(long address) {
        return new Address().to(address);
    }

    private static IntPointer lengths(long address) {
        return new IntPointer(place(address));
    }

    private void forward(long[] at, Address scratch, long weightBytes) {
        of.library().status().require(cudnnRNNForward(of.library().handle(), of.network(), of.mode(), lengths(at[0]), of.input(), place(at[1]),
                of.output(), place(at[5]), of.states(), place(at[2]), place(at[6]), of.states(), place(at[3]), place(at[7]),
                weightBytes, place(at[4]), scratchBytes, scratch, reserveBytes, place(at[8])), "cudnnRNNForward");
    }

    private void dataGradient(long[] at, Address scratch, long weightBytes) {
        of.library().status().require(cudnnRNNBackwardData_v8(of.library().handle(), of.network(), lengths(at[0]), of.output(), place(at[1]), place(at[2]),
                of.input(), place(at[8]), of.states(), place(at[3]), place(0), place(at[9]), of.states(), place(at[4]), place(at[5]),
                place(at[10]), weightBytes, place(at[6]), scratchBytes, scratch, reserveBytes, place(at[7])), "cudnnRNNBackwardData_v8");
    }

    private void weightGradient(long[] at, Address scratch, long weightBytes) {
        of.library().status().require(cudnnRNNBackwardWeights_v8(of.library().handle(), of.network(), CUDNN_WGRAD_MODE_ADD, lengths(at[0]), of.input(),
                place(at[1]), of.states(), place(at[2]), of.output(), place(at[3]), weightBytes, place(at[5]), scratchBytes, scratch,
                reserveBytes, place(at[4])), "cudnnRNNBackwardWeights_v8");
    }
}
