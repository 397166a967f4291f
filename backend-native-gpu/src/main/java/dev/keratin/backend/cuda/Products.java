package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import java.util.Optional;
import org.bytedeco.cuda.cublas.cublasLtContext;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cublas;

/** Matrix products by cuBLASLt; what was prepared for a product serves all equal ones. */
final class Products {
    /** System property: {@code false} keeps products, convolutions and recurrent layers of float32 from TF32, 10 bits for 23 of the mantissa. */
    static final String TF32 = "keratin.cuda.tf32";

    private final Faults faults;
    private final CUstream_st stream;
    private final boolean tf32 = isRounding();
    private final cublasLtContext library = new cublasLtContext();
    private final ProductTrial trial;
    private final Borrowing borrowing;
    private final Shared<Product, Optional<ProductCall>> prepared;

    /**
     * On a stream.
     *
     * @param trial tells which calls do what is asked of them
     */
    Products(Faults faults, CUstream_st stream, ProductTrial trial, Borrowing borrowing) {
        this.faults = faults;
        this.stream = stream;
        this.trial = trial;
        this.borrowing = borrowing;
        this.prepared = borrowing.shared(found -> found.ifPresent(ProductCall::destroy));
        check(cublas.cublasLtCreate(library), "cublasLtCreate");
    }

    /** Whether factors of float32 may be rounded to TF32. */
    static boolean isRounding() {
        return !"false".equals(System.getProperty(TF32));
    }

    /** Empty if the library has no such product, or one that fails its trial. */
    Optional<LibraryCall> prepare(Product product) {
        return borrowing.take(prepared, product, this::accepted).map(call -> call);
    }

    private Optional<ProductCall> accepted(Product product) {
        if (!isAllowed(product)) {
            return Optional.empty();
        }
        ProductCall call = new ProductCall(product, this);
        boolean accepted = false;
        try {
            accepted = call.isPossible() && trial.accepts(call, product);
            return accepted ? Optional.of(call) : Optional.empty();
        } finally {
            if (!accepted) {
                call.destroy();
            }
        }
    }

    /** Whether a form may be asked for: the library doesn't say how exact its tanh is, so not where float32 is not rounded. */
    private boolean isAllowed(Product product) {
        return product.isRegular() && (!product.form().bends() || product.dtype() != DType.FLOAT32 || tf32);
    }

    cublasLtContext library() {
        return library;
    }

    CUstream_st stream() {
        return stream;
    }

    void check(int status, String call) {
        if (status != 0) {
            faults.checkLibrary(status, cublas.cublasGetStatusString(status).getString(), call);
        }
    }

    /** The arithmetic for an element type. */
    int computeType(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> cublas.CUBLAS_COMPUTE_64F;
            case FLOAT32 -> tf32 ? cublas.CUBLAS_COMPUTE_32F_FAST_TF32 : cublas.CUBLAS_COMPUTE_32F;
            default -> cublas.CUBLAS_COMPUTE_32F;
        };
    }
}
