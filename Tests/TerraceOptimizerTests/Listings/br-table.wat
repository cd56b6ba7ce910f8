;; A table of eight: a jump.
(module
  (func $f (param i32) (result i32)
    (block $h (block $g (block $f (block $e (block $d (block $c (block $b (block $a
      (br_table $a $b $c $d $e $f $g $h (local.get 0)))
     (return (i32.const 11))) (return (i32.const 12))) (return (i32.const 13))) (return (i32.const 14)))
    (return (i32.const 15))) (return (i32.const 16))) (return (i32.const 17)))
    (i32.const 18)))
