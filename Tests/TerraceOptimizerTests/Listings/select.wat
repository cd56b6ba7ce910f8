;; The larger of two numbers.
(module
  (func $f (param i64 i64) (result i64)
    (select (local.get 0) (local.get 1) (i64.gt_s (local.get 0) (local.get 1)))))
