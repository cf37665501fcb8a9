/* In place of the LGPL part of NLopt (src/algs/luksan), which is left out: asked for, its algorithms refuse. */
#include "luksan.h"

nlopt_result luksan_plis(int n, nlopt_func f, void *f_data, const double *lb, const double *ub, double *x, double *minf,
                         nlopt_stopping *stop, int mf) {
    (void)n, (void)f, (void)f_data, (void)lb, (void)ub, (void)x, (void)minf, (void)stop, (void)mf;
    return NLOPT_INVALID_ARGS;
}

nlopt_result luksan_plip(int n, nlopt_func f, void *f_data, const double *lb, const double *ub, double *x, double *minf,
                         nlopt_stopping *stop, int mf, int met) {
    (void)met;
    return luksan_plis(n, f, f_data, lb, ub, x, minf, stop, mf);
}

nlopt_result luksan_pnet(int n, nlopt_func f, void *f_data, const double *lb, const double *ub, double *x, double *minf,
                         nlopt_stopping *stop, int mf, int mos1, int mos2) {
    (void)mos1, (void)mos2;
    return luksan_plis(n, f, f_data, lb, ub, x, minf, stop, mf);
}
