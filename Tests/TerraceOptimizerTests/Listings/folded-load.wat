;; A load as an operand.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (i32.add (local.get 0) (i32.load offset=16 (local.get 1)))))
