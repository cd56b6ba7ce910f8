;; A table of three: comparisons.
(module
  (func $f (param i32) (result i32)
    (block $c (block $b (block $a (br_table $a $b $c (local.get 0)))
      (return (i32.const 11)))
    (return (i32.const 22)))
    (i32.const 33)))
