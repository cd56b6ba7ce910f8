;; Bit counts on a processor that has only the oldest instructions.
;; Processor: required
(module
  (func (param i32) (result i32)
    (i32.add (i32.clz (local.get 0)) (i32.popcnt (local.get 0)))))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 e8 ff ff ff         lea r11, [rsp - 24]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 5e 00 00 00               jb 0x75
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;   local.get 0
;;   i32.clz
;;     | 001d  0f bd fb                        bsr edi, ebx
;;     | 0020  41 bb 3f 00 00 00               mov r11d, 63
;;     | 0026  41 0f 44 fb                     cmove edi, r11d
;;     | 002a  83 f7 1f                        xor edi, 31
;;   local.get 0
;;   i32.popcnt
;;     | 002d  89 de                           mov esi, ebx
;;     | 002f  89 da                           mov edx, ebx
;;     | 0031  d1 ea                           shr edx
;;     | 0033  41 bb 55 55 55 55               mov r11d, 1431655765
;;     | 0039  44 21 da                        and edx, r11d
;;     | 003c  29 d6                           sub esi, edx
;;     | 003e  89 f2                           mov edx, esi
;;     | 0040  c1 ea 02                        shr edx, 2
;;     | 0043  41 bb 33 33 33 33               mov r11d, 858993459
;;     | 0049  44 21 de                        and esi, r11d
;;     | 004c  44 21 da                        and edx, r11d
;;     | 004f  01 d6                           add esi, edx
;;     | 0051  89 f2                           mov edx, esi
;;     | 0053  c1 ea 04                        shr edx, 4
;;     | 0056  01 d6                           add esi, edx
;;     | 0058  41 bb 0f 0f 0f 0f               mov r11d, 252645135
;;     | 005e  44 21 de                        and esi, r11d
;;     | 0061  41 bb 01 01 01 01               mov r11d, 16843009
;;     | 0067  41 0f af f3                     imul esi, r11d
;;     | 006b  c1 ee 18                        shr esi, 24
;;   i32.add
;;     | 006e  01 f7                           add edi, esi
;;   end
;;     | 0070  48 89 f8                        mov rax, rdi
;;     | 0073  c9                              leave
;;     | 0074  c3                              ret
;;   behind the function
;;     | 0075  0f 0b                           ud2
