;; An interpreter: each handler ends in a jump of its own.
(module
  (memory 1)
  (func $f (param $pc i32) (param $a i32) (result i32)
    (block $halt
      (loop $next
        (block $8 (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1 (block $0
          (br_table $0 $1 $2 $3 $4 $5 $6 $7 $8 $halt (i32.load8_u (local.get $pc))))
          (local.set $a (i32.add (local.get $a) (i32.const 1))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.sub (local.get $a) (i32.const 3))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.mul (local.get $a) (local.get $a))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.xor (local.get $a) (i32.const 85))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.shl (local.get $a) (i32.const 3))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.rotl (local.get $a) (i32.const 9))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.and (local.get $a) (i32.const 4095))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.or (local.get $a) (i32.const 64))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.shr_u (local.get $a) (i32.const 2))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next)
      ))
    (local.get $a)))
