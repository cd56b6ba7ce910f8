;; Lanes taken out and put in; a load that fills all of them.
(module
  (memory 1)
  (func $f (param i32 v128) (result v128)
    (i32x4.replace_lane 2
      (v128.load32_splat offset=4 (local.get 0))
      (i32x4.extract_lane 3 (local.get 1)))))
