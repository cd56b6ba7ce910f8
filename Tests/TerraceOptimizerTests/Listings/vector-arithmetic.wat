;; Lanes of both kinds, an operand in memory.
(module
  (memory 1)
  (func $f (param i32 v128) (result v128)
    (f32x4.mul
      (f32x4.convert_i32x4_s (i32x4.add (local.get 1) (v128.load (local.get 0))))
      (f32x4.splat (f32.const 0.5)))))
