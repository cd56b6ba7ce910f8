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
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  8d 47 ff                       lea eax, [rdi - 1]
;;   0009  89 f9                          mov ecx, edi
;;   000b  21 c1                          and ecx, eax
;;   000d  c4 e2 68 f3 df                 blsi edx, edi
;;   0012  31 c7                          xor edi, eax
;;   0014  01 fa                          add edx, edi
;;   0016  8d 04 11                       lea eax, [rcx + rdx]
;;   0019  c9                             leave
;;   001a  c3                             ret
