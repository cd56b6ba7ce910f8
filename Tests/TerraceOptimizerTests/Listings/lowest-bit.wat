;; The lowest bit: cleared, kept, and everything up to it.
(module
  (func $f (param i32) (result i32)
    (i32.add
      (i32.and (local.get 0) (i32.sub (local.get 0) (i32.const 1)))
      (i32.add
        (i32.and (local.get 0) (i32.sub (i32.const 0) (local.get 0)))
        (i32.xor (local.get 0) (i32.sub (local.get 0) (i32.const 1)))))))
