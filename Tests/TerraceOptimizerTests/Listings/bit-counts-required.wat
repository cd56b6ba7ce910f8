;; Counts of bits on any processor.
;; Processor: required
(module
  (func $f (param i32) (result i32)
    (i32.add (i32.popcnt (local.get 0)) (i32.add (i32.clz (local.get 0)) (i32.ctz (local.get 0))))))
