;; Remainders by a power of two, and by another constant.
(module
  (func $f (param i32 i32) (result i32)
    (i32.add
      (i32.rem_s (local.get 0) (i32.const 16))
      (i32.rem_u (local.get 1) (i32.const 10)))))
