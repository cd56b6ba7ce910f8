;; Multiplication by constants: a shift, an address, and one that is neither.
(module
  (func $f (param i32) (result i32 i32 i32)
    (i32.mul (local.get 0) (i32.const 8))
    (i32.mul (local.get 0) (i32.const 5))
    (i32.mul (local.get 0) (i32.const 100))))

;; Graph
;; b0:
;;   v0 = i32.shl p0:i32, 3
;;   v1 = i32.mul p0:i32, 5
;;   v2 = i32.mul p0:i32, 100
;;   return v0, v1, v2
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  89 f9                          mov ecx, edi
;;   0008  c1 e1 03                       shl ecx, 3
;;   000b  8d 14 bf                       lea edx, [rdi + rdi*4]
;;   000e  6b f7 64                       imul esi, edi, 100
;;   0011  89 10                          mov [rax], edx
;;   0013  89 70 10                       mov [rax + 16], esi
;;   0016  89 c8                          mov eax, ecx
;;   0018  c9                             leave
;;   0019  c3                             ret
