package dev.keratin.backend.cuda;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** The status codes of the driver's functions. */
final class Status {
    static final int OK = 0;

    private Status() {}

    /** The name and number of a status. */
    static String text(int status) {
        try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
            boolean known = cudart.cuGetErrorName(status, name) == OK;
            return (known ? name.get(BytePointer.class).getString() : "error") + ", " + status;
        }
    }

    /** Whether nothing that is computed after it can be trusted, until the process ends. */
    static boolean isSticky(int status) {
        return switch (status) {
            case cudart.CUDA_ERROR_ECC_UNCORRECTABLE, cudart.CUDA_ERROR_NVLINK_UNCORRECTABLE, cudart.CUDA_ERROR_CONTAINED,
                    cudart.CUDA_ERROR_ILLEGAL_ADDRESS, cudart.CUDA_ERROR_LAUNCH_TIMEOUT, cudart.CUDA_ERROR_CONTEXT_IS_DESTROYED,
                    cudart.CUDA_ERROR_ASSERT, cudart.CUDA_ERROR_HARDWARE_STACK_ERROR, cudart.CUDA_ERROR_ILLEGAL_INSTRUCTION,
                    cudart.CUDA_ERROR_MISALIGNED_ADDRESS, cudart.CUDA_ERROR_INVALID_ADDRESS_SPACE, cudart.CUDA_ERROR_INVALID_PC,
                    cudart.CUDA_ERROR_LAUNCH_FAILED, cudart.CUDA_ERROR_TENSOR_MEMORY_LEAK, cudart.CUDA_ERROR_UNKNOWN -> true;
            default -> false;
        };
    }
}
