;; The lowest bit: cleared, kept, and everything up to it.
(module
  (func $f (param i32) (result i32)
    (i32.add
      (i32.and (local.get 0) (i32.sub (local.get 0) (i32.const 1)))
      (i32.add
        (i32.and (local.get 0) (i32.sub (i32.const 0) (local.get 0)))
        (i32.xor (local.get 0) (i32.sub (local.get 0) (i32.const 1)))))))

;; Graph
;; b0:
;;   v0 = i32.add p0:i32, -1
;;   v1 = i32.and p0:i32, v0
;;   v2 = i32.sub 0, p0:i32
;;   v3 = i32.and p0:i32, v2
;;   v4 = i32.xor p0:i32, v0
;;   v5 = i32.add v3, v4
;;   v6 = i32.add v1, v5
;;   return v6
;; Code
;; b0:
;;   0000  8d 47 ff                       lea eax, [rdi - 1]
;;   0003  89 f9                          mov ecx, edi
;;   0005  21 c1                          and ecx, eax
;;   0007  c4 e2 68 f3 df                 blsi edx, edi
;;   000c  31 c7                          xor edi, eax
;;   000e  01 fa                          add edx, edi
;;   0010  8d 04 11                       lea eax, [rcx + rdx]
;;   0013  c3                             ret
